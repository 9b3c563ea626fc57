"""The statements that turn a table of text (`chunk`) into rows: ordinary records at once, the others named.

A record is ordinary when every text in it is plainly what it should be; only then is it cast. `checked` holds what
records say in our words; `odd` those that a second look decides on.
"""

from __future__ import annotations

TABLES = """
    CREATE OR REPLACE TEMP TABLE crs_code (dimension VARCHAR, text VARCHAR, code VARCHAR);
    CREATE OR REPLACE TEMP TABLE crs_print (record INTEGER, whole UBIGINT, stated UBIGINT);
    CREATE OR REPLACE TEMP TABLE crs_refused (record INTEGER);
    CREATE OR REPLACE TEMP TABLE checked (
        record INTEGER, line INTEGER, item VARCHAR, year INTEGER, donor VARCHAR, recipient VARCHAR, flow VARCHAR,
        core BOOLEAN, gender VARCHAR, committed DECIMAL(24, 8), disbursed DECIMAL(24, 8), purpose VARCHAR,
        sector VARCHAR
    );
"""
ODD = """
    SELECT line, record, raw, year, donor, recipient, flow, bi_multi, gender, committed, disbursed, purpose, crs_id,
           project
    FROM chunk WHERE record IN (SELECT record FROM looked WHERE NOT ordinary)
"""
LOOKED = r"""
    CREATE OR REPLACE TEMP TABLE looked AS
    SELECT c.record, c.line, CASE WHEN c.crs_id <> '' THEN c.crs_id ELSE c.project END AS item, c.year,
           d.code AS donor, r.code AS recipient, f.code AS flow, c.bi_multi = '2' AS core, g.code AS gender,
           c.committed, c.disbursed, p.code AS purpose,
           {mask} AS mask,
           d.code IS NOT NULL AND r.code IS NOT NULL AND f.code IS NOT NULL AND g.code IS NOT NULL
               AND p.code IS NOT NULL AND y.code IS NOT NULL AND b.code IS NOT NULL
               AND (c.committed = '' OR regexp_full_match(c.committed, '-?[0-9]{1,6}(\.[0-9]{1,8})?'))
               AND (c.disbursed = '' OR regexp_full_match(c.disbursed, '-?[0-9]{1,6}(\.[0-9]{1,8})?')) AS ordinary
    FROM chunk c
    {joins}
    LEFT JOIN crs_code y ON y.dimension = 'year' AND y.text = c.year
    LEFT JOIN crs_code d ON d.dimension = 'donor' AND d.text = c.donor
    LEFT JOIN crs_code r ON r.dimension = 'recipient' AND r.text = c.recipient
    LEFT JOIN crs_code f ON f.dimension = 'flow' AND f.text = c.flow
    LEFT JOIN crs_code b ON b.dimension = 'bi_multi' AND b.text = c.bi_multi
    LEFT JOIN crs_code g ON g.dimension = 'gender' AND g.text = c.gender
    LEFT JOIN crs_code p ON p.dimension = 'purpose' AND p.text = c.purpose
"""
ORDINARY = """
    INSERT INTO checked
    SELECT record, line, item, CAST(year AS INTEGER), donor, recipient, flow, core, gender,
           CASE WHEN committed <> '' THEN CAST(CAST(committed AS DECIMAL(30, 8)) * 1000000 AS DECIMAL(24, 8)) END,
           CASE WHEN disbursed <> '' THEN CAST(CAST(disbursed AS DECIMAL(30, 8)) * 1000000 AS DECIMAL(24, 8)) END,
           purpose, CASE WHEN purpose = 'unstated' THEN purpose ELSE substr(purpose, 1, 3) END
    FROM looked WHERE ordinary
"""
FLOW = """
    INSERT INTO flow (source, file, line, item, stage, kind, year, donor, recipient, sector, purpose, flow, gender,
                      usd, currency, amount, rate, record)
    SELECT 'crs', $file, line, item, stage, kind, year, donor, recipient, sector, purpose, flow, gender, usd, 'USD',
           usd, 1, record
    FROM (
        SELECT *, 'committed' AS stage, 'commitment' AS kind, committed AS usd
        FROM checked WHERE NOT core AND committed IS NOT NULL
        UNION ALL
        SELECT *, 'disbursed', 'disbursement', disbursed FROM checked WHERE NOT core AND disbursed IS NOT NULL
    )
    ORDER BY record, stage
"""
RECORD = """
    INSERT INTO record (record, file, line, item, title, description, agency, channel, raw)
    SELECT record, $file, line, CASE WHEN crs_id <> '' THEN crs_id ELSE project END,
           CASE WHEN title <> '' THEN title ELSE short END, description, agency, channel, raw
    FROM chunk
"""
KEPT_ONLY = " WHERE record NOT IN (SELECT record FROM crs_refused)"
PRINT = """
    INSERT INTO crs_print
    SELECT record, hash(raw),
           CASE WHEN committed_national <> '' OR disbursed_national <> '' THEN
               hash(year, donor, agency_code, crs_id, project, recipient, flow, bi_multi, currency, committed_national,
                    disbursed_national, short, title, purpose, channel_code, channel, gender, starts, completed,
                    description)
           END
    FROM chunk
"""
SUMS = "SELECT stage, year, sum(usd) FROM flow GROUP BY ALL ORDER BY ALL"
