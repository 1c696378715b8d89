//! One encrypted SQLite file: pool, migrations, one file per table, search.
