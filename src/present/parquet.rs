//! Parquet, for pandas, Polars, DuckDB and Spark: a column a type, compressed, with its provenance in the
//! file's own metadata.
//!
//! A column's type must be known before its first row is written, and SQLite tells it only cell by cell.
//! So rows wait in a spool, which goes to disk where they are many, until the last one was seen.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use rusqlite::Row;
use rusqlite::types::ValueRef;
use tempfile::SpooledTempFile;

use super::about::About;
use super::csv::hex;
use super::number::{integer, write_real};
use super::seen::{Kind, Seen};
use super::way::unique_names;
use crate::query::{Answered, Column, Sink};

/// Bytes of rows that wait in memory.
const IN_MEMORY: usize = 16 << 20;
/// Rows of a group, which is made up in memory.
const GROUP_ROWS: usize = 65_536;
/// Bytes of text in a group, at most.
const GROUP_BYTES: usize = 32 << 20;

/// Takes rows and writes them as Parquet.
#[derive(Debug)]
pub struct ParquetSink<W> {
    out: W,
    about: About,
    spool: BufWriter<SpooledTempFile>,
    columns: Vec<Seen>,
}

impl<W: Write + Send> ParquetSink<W> {
    /// A sink that writes to `out`.
    pub fn new(out: W, about: About) -> Self {
        let spool = BufWriter::new(SpooledTempFile::new(IN_MEMORY));
        ParquetSink { out, about, spool, columns: Vec::new() }
    }

    fn properties(&self, answered: &Answered) -> WriterProperties {
        let told = self.about.lines(answered).into_iter();
        let told = told.map(|(name, value)| KeyValue::new(format!("copydesk {name}"), value)).collect();
        WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(told))
            .set_created_by(format!("copydesk {}", env!("CARGO_PKG_VERSION")))
            .build()
    }

    fn schema(&self) -> Result<Type, ParquetError> {
        let columns: Vec<Column> = self.columns.iter().map(|seen| seen.column.clone()).collect();
        let fields = unique_names(&columns)
            .iter()
            .zip(&self.columns)
            .map(|(name, seen)| {
                let (physical, logical) = match seen.kind() {
                    Kind::Integer => (Physical::INT64, None),
                    Kind::Number => (Physical::DOUBLE, None),
                    Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                    Kind::Bytes => (Physical::BYTE_ARRAY, None),
                };
                Type::primitive_type_builder(name, physical)
                    .with_repetition(Repetition::OPTIONAL)
                    .with_logical_type(logical)
                    .build()
                    .map(Arc::new)
            })
            .collect::<Result<_, _>>()?;
        Type::group_type_builder("rows").with_fields(fields).build()
    }
}

impl<W: Write + Send> Sink for ParquetSink<W> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.columns = columns.iter().map(Seen::of).collect();
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        for (n, seen) in self.columns.iter_mut().enumerate() {
            let value = row.get_ref(n).map_err(io::Error::other)?;
            seen.note(value);
            spool(&mut self.spool, value)?;
        }
        Ok(())
    }

    fn end(&mut self, answered: &Answered) -> io::Result<()> {
        self.spool.flush()?;
        self.spool.seek(SeekFrom::Start(0))?;
        let schema = Arc::new(self.schema()?);
        let properties = Arc::new(self.properties(answered));
        let mut writer = SerializedFileWriter::new(&mut self.out, schema, properties)?;
        let mut rows = BufReader::new(self.spool.get_mut());
        let mut group: Vec<Values> = self.columns.iter().map(|seen| Values::of(seen.kind())).collect();
        loop {
            let (mut count, mut bytes) = (0, 0);
            while count < GROUP_ROWS && bytes < GROUP_BYTES && !rows.fill_buf()?.is_empty() {
                for values in &mut group {
                    bytes += values.take(&mut rows)?;
                }
                count += 1;
            }
            if count == 0 {
                break;
            }
            let mut out = writer.next_row_group()?;
            for values in &mut group {
                values.write(&mut out)?;
            }
            out.close()?;
        }
        writer.close()?;
        self.out.flush()
    }
}

/// Puts a cell aside: a byte for its kind, then its value.
fn spool(out: &mut impl Write, value: ValueRef<'_>) -> io::Result<()> {
    let mut long = |kind: u8, bytes: &[u8]| {
        out.write_all(&[kind])?;
        out.write_all(&(bytes.len() as u64).to_le_bytes())?;
        out.write_all(bytes)
    };
    match value {
        ValueRef::Text(text) => long(b't', text),
        ValueRef::Blob(bytes) => long(b'b', bytes),
        ValueRef::Null => out.write_all(b"n"),
        ValueRef::Integer(number) => {
            out.write_all(b"i")?;
            out.write_all(&number.to_le_bytes())
        }
        ValueRef::Real(number) => {
            out.write_all(b"r")?;
            out.write_all(&number.to_le_bytes())
        }
    }
}

/// The values of a column in a group of rows; `present` is 1 for each row that has one.
enum Values {
    Integers(Vec<i64>, Vec<i16>),
    Numbers(Vec<f64>, Vec<i16>),
    Bytes(Vec<ByteArray>, Vec<i16>, Kind),
}

impl Values {
    fn of(kind: Kind) -> Values {
        match kind {
            Kind::Integer => Values::Integers(Vec::new(), Vec::new()),
            Kind::Number => Values::Numbers(Vec::new(), Vec::new()),
            kind => Values::Bytes(Vec::new(), Vec::new(), kind),
        }
    }

    /// Takes the next cell out of the spool, and tells how many bytes it has.
    fn take(&mut self, spool: &mut impl Read) -> io::Result<usize> {
        let mut kind = [0];
        spool.read_exact(&mut kind)?;
        let mut eight = [0; 8];
        if kind != *b"n" {
            spool.read_exact(&mut eight)?;
        }
        match (self, &kind) {
            (
                Values::Integers(_, present) | Values::Numbers(_, present) | Values::Bytes(_, present, _),
                b"n",
            ) => {
                present.push(0);
                return Ok(0);
            }
            (Values::Integers(values, present), _) => {
                values.push(i64::from_le_bytes(eight));
                present.push(1);
            }
            (Values::Numbers(values, present), b"i") => {
                values.push(i64::from_le_bytes(eight) as f64);
                present.push(1);
            }
            (Values::Numbers(values, present), _) => {
                values.push(f64::from_le_bytes(eight));
                present.push(1);
            }
            (Values::Bytes(values, present, of), kind) => {
                let bytes = bytes(*of, kind[0], eight, spool)?;
                let length = bytes.len();
                values.push(ByteArray::from(bytes));
                present.push(1);
                return Ok(length);
            }
        }
        Ok(8)
    }

    /// Writes the group's values, and forgets them.
    fn write<W: Write + Send>(
        &mut self,
        out: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let Some(mut column) = out.next_column()? else { return Ok(()) };
        match self {
            Values::Integers(values, present) => {
                column.typed::<Int64Type>().write_batch(values, Some(present), None)?;
                values.clear();
                present.clear();
            }
            Values::Numbers(values, present) => {
                column.typed::<DoubleType>().write_batch(values, Some(present), None)?;
                values.clear();
                present.clear();
            }
            Values::Bytes(values, present, _) => {
                column.typed::<ByteArrayType>().write_batch(values, Some(present), None)?;
                values.clear();
                present.clear();
            }
        }
        column.close()
    }
}

/// A cell of a column of text or bytes. In text, numbers and bytes are as CSV has them.
fn bytes(of: Kind, kind: u8, eight: [u8; 8], spool: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match kind {
        b'i' => integer(&mut bytes, i64::from_le_bytes(eight)),
        b'r' => write_real(&mut bytes, f64::from_le_bytes(eight))?,
        kind => {
            spool.take(u64::from_le_bytes(eight)).read_to_end(&mut bytes)?;
            if kind == b'b' && of == Kind::Text {
                let mut digits = Vec::with_capacity(bytes.len() * 2);
                hex(&mut digits, &bytes);
                bytes = digits;
            } else if of == Kind::Text && std::str::from_utf8(&bytes).is_err() {
                bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
            }
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;
    use crate::present::testing::bytes as written;

    #[test]
    fn rows_come_back_with_their_types() {
        let sql = "SELECT 1 AS i, 1.5 AS r, 'é' AS t, x'00ff' AS b, 7 AS mixed, NULL AS gap, 9 AS i
            UNION ALL SELECT NULL, 2, '', NULL, 'seven', NULL, 10";
        let out = written(sql, |out| Box::new(ParquetSink::new(out, About::default())));
        let reader = SerializedFileReader::new(bytes::Bytes::from(out)).unwrap();
        let rows: Vec<Vec<(String, Field)>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(n, f)| (n.clone(), f.clone())).collect())
            .collect();
        let names: Vec<&str> = rows[0].iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["i", "r", "t", "b", "mixed", "gap", "i_2"]);
        let fields: Vec<&Field> = rows[0].iter().map(|(_, field)| field).collect();
        assert_eq!(fields[..3], [&Field::Long(1), &Field::Double(1.5), &Field::Str("é".into())]);
        assert_eq!(fields[3..6], [&Field::Bytes(vec![0, 255].into()), &Field::Str("7".into()), &Field::Null]);
        assert_eq!(rows[1][1].1, Field::Double(2.0));
        assert_eq!(rows[1][4].1, Field::Str("seven".into()));
    }
}
