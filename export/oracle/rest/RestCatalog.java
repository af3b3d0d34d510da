import java.io.File;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/**
 * A REST catalog on a free port of this machine, over a JDBC catalog in SQLite:
 * the servlet with which Apache Iceberg tests its own client. It prints its URL.
 *
 * <p>java -cp 'JARS/*' RestCatalog.java FOLDER
 */
public class RestCatalog {
  public static void main(String[] args) throws Exception {
    JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFiles(), null, true);
    // One connection: SQLite has one writer, and two committers are to meet in
    // the catalog's own comparison, not in a locked file.
    catalog.initialize(
        "rest",
        Map.of(
            "uri", "jdbc:sqlite:" + args[0] + "/rest.db",
            "warehouse", "file://" + args[0] + "/rest",
            "clients", "1",
            "jdbc.schema-version", "V1"));
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(catalog))), "/*");
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    server.setHandler(context);
    server.start();
    URI at = server.getURI();
    System.out.println("http://127.0.0.1:" + at.getPort());
    server.join();
  }

  /** Files of this machine by their URL, without Hadoop. */
  static class LocalFiles implements FileIO {
    private static File file(String location) {
      return location.startsWith("file:") ? new File(URI.create(location).getPath()) : new File(location);
    }

    @Override
    public InputFile newInputFile(String location) {
      return Files.localInput(file(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
      return Files.localOutput(file(location));
    }

    @Override
    public void deleteFile(String location) {
      file(location).delete();
    }
  }
}
