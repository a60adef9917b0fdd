//! A reading as JSON: the shape that `copydesk extract` answers with.
//!
//! Spans are converted to Unicode characters here. Fields may be added; those there keep their meaning.

use serde_json::{Value, json};

use crate::article::Evidenced;
use crate::document::Document;
use crate::finding::{Figure, Moment, OtherReading, Quote};
use crate::pipeline::Reading;
use crate::span::{CharMap, Span};

/// One article with its findings as a JSON object.
pub fn to_json(document: &Document, reading: &Reading) -> Value {
    let Reading { article, findings } = reading;
    let text = article.text.as_str();
    let map = CharMap::new(text);
    let at = |span: Span| {
        let (start, end) = map.chars(span);
        json!({"start": start, "end": end, "text": span.of(text)})
    };
    let pair = |span: &Span| {
        let (start, end) = map.chars(*span);
        json!([start, end])
    };
    let value = |e: &Option<Evidenced>| e.as_ref().map(|e| e.value.clone());
    let mut descriptions = vec![Vec::new(); findings.entities.len()];
    for d in &findings.descriptions {
        let mut v = at(d.span);
        v["rule"] = json!(d.rule);
        descriptions[d.entity].push(v);
    }
    let entities: Vec<Value> = findings
        .entities
        .iter()
        .enumerate()
        .map(|(index, e)| {
            let mentions: Vec<Value> = e
                .mentions
                .iter()
                .map(|&i| {
                    let m = &findings.mentions[i];
                    let mut v = at(m.span);
                    v["kind"] = json!(m.kind.as_str());
                    v["found_by"] = json!(m.found_by.as_str());
                    v["confidence"] = json!((f64::from(m.confidence) * 1000.0).round() / 1000.0);
                    v
                })
                .collect();
            let mut v = json!({"name": e.name, "kind": e.kind.as_str(), "aliases": e.aliases, "mentions": mentions, "evidence": e.evidence});
            v["descriptions"] = json!(descriptions[index]);
            let credits = findings.credits.iter().filter(|c| c.entity == index);
            let credits: Vec<Value> = credits.map(|c| json!({"block": c.block, "start": c.start, "end": c.end, "text": c.text, "rule": c.rule})).collect();
            v["credits"] = json!(credits);
            if let Some(place) = &e.place {
                v["country"] = json!(place.country);
                v["latitude"] = json!(place.latitude);
                v["longitude"] = json!(place.longitude);
                v["candidates"] = json!(place.candidates);
            }
            v
        })
        .collect();
    let quote = |q: &Quote| {
        let speaker = q.speaker.as_ref().map(|s| {
            let mut v = at(s.span);
            v["name"] = json!(s.entity.map(|i| findings.entities[i].name.clone()));
            v["form"] = json!(s.form.as_str());
            v["steps"] = json!(s.steps);
            v
        });
        let cue = q.cue.as_ref().map(|c| {
            let mut v = at(c.span);
            v["lemma"] = json!(c.lemma);
            v["kind"] = json!(c.kind.as_str());
            v
        });
        let words: Vec<&str> = q.spans.iter().map(|s| s.of(text)).collect();
        json!({
            "text": words.join(" "),
            "spans": q.spans.iter().map(pair).collect::<Vec<_>>(),
            "kind": q.kind.as_str(),
            "speaker": speaker,
            "cue": cue,
            "content": q.content.iter().map(pair).collect::<Vec<_>>(),
            "parts": words,
            "addressee": q.addressee.map(at),
            "occasion": q.occasion.map(at),
            "closed": q.closed,
            "rule": q.rule,
            "unattributed": q.unattributed,
        })
    };
    let figure = |f: &Figure| {
        let mut v = at(f.span);
        v["kind"] = json!(f.kind.as_str());
        v["value"] = json!(f.value);
        v["low"] = json!(f.low);
        v["high"] = json!(f.high);
        v["bound"] = json!(f.bound.as_str());
        v["direction"] = json!(f.direction.map(|d| d.as_str()));
        v["role"] = json!(f.role.map(|r| r.as_str()));
        v["unit"] = json!(f.unit);
        v["unit_name"] = json!(f.unit_name);
        v["base_value"] = json!(f.base_value);
        v["base_unit"] = json!(f.base_unit);
        v["counted"] = json!(f.counted.map(|s| s.of(text)));
        v["counted_head"] = json!(f.counted_head);
        v["event"] = json!(f.event);
        v["holds_for"] = json!(f.holds_for.map(|s| s.of(text)));
        v["place"] = json!(f.place.map(|s| s.of(text)));
        v["whose"] = json!(f.whose.map(|s| s.of(text)));
        v["period"] = json!(f.period.map(|s| s.of(text)));
        v["as_of"] = json!(f.as_of.map(|s| s.of(text)));
        v["as_of_date"] = json!(f.as_of_date);
        v["cited"] = json!(f.cited.map(|s| s.of(text)));
        v["vague"] = json!(f.vague);
        v["denied"] = json!(f.denied);
        v["possible"] = json!(f.possible);
        v["hedged"] = json!(f.denied || f.possible);
        v["rule"] = json!(f.rule);
        v
    };
    let refused: Vec<Value> = findings
        .refused
        .iter()
        .map(|r| {
            let mut v = at(r.span);
            v["reason"] = json!(r.reason);
            v
        })
        .collect();
    let moment = |m: &Moment| {
        let mut v = at(m.span);
        v["kind"] = json!(m.kind.as_str());
        v["value"] = json!(m.value);
        v["earliest"] = json!(m.earliest);
        v["latest"] = json!(m.latest);
        v["unresolved"] = json!(m.unresolved);
        v["rule"] = json!(m.rule);
        v
    };
    let other = |r: &OtherReading| {
        let mut v = at(r.span);
        v["read_as"] = json!(r.read_as);
        v["other"] = json!(r.other);
        v["value"] = json!(r.value);
        v["unit"] = json!(r.unit);
        v["rule"] = json!(r.rule);
        v
    };
    let evidence = |e: &Option<Evidenced>| {
        e.as_ref().map(|e| {
            let place = e.span.map(|span| pair(&span));
            json!({"words": e.evidence, "rule": e.rule, "span": place})
        })
    };
    let set_aside: Vec<Value> = article
        .blocks
        .iter()
        .filter(|b| b.span.is_none())
        .map(|b| json!({"role": b.role.as_str(), "reason": b.reason, "text": b.text}))
        .collect();
    json!({
        "id": document.id,
        "source": document.source,
        "title": article.title,
        "byline": value(&article.byline),
        "dateline": value(&article.dateline),
        "outlet": value(&article.outlet),
        "published": value(&article.published),
        "language": article.language,
        "evidence": {
            "byline": evidence(&article.byline),
            "dateline": evidence(&article.dateline),
            "outlet": evidence(&article.outlet),
            "published": evidence(&article.published),
        },
        "set_aside": set_aside,
        "text": text,
        "entities": entities,
        "quotes": findings.quotes.iter().map(quote).collect::<Vec<_>>(),
        "figures": findings.figures.iter().map(figure).collect::<Vec<_>>(),
        "dates": findings.moments.iter().map(moment).collect::<Vec<_>>(),
        "other_readings": findings.readings.iter().map(other).collect::<Vec<_>>(),
        "refused": refused,
    })
}
