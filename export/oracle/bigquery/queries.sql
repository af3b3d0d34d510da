SELECT fiscal_year, SUM(amount) AS amount FROM budget_lines GROUP BY fiscal_year ORDER BY fiscal_year;
SELECT d.department, SUM(s.percent) AS percent
FROM documents AS d JOIN projects AS p USING (document_id), UNNEST(p.spending_plan) AS s
GROUP BY d.department;
SELECT name, ARRAY_LENGTH(goals) AS goals, DATE_DIFF(end_date, start_date, DAY) AS days FROM projects WHERE fiscal_year = 2019;
CREATE TABLE t PARTITION BY RANGE_BUCKET(fiscal_year, GENERATE_ARRAY(2000, 2100, 1)) AS SELECT * FROM documents;
