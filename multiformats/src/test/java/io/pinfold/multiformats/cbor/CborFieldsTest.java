package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborFields.FieldsReader;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import io.pinfold.multiformats.testing.TestCids;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

class CborFieldsTest {

    private static final CborMap MAP = CborMap.builder()
            .put("number", 7)
            .put("text", "é")
            .put("bytes", Bytes.fromHex("aabb"))
            .put("link", TestCids.cid(1))
            .put("flag", true)
            .put("list", List.of(new CborInt(1), new CborInt(2)))
            .put("map", CborMap.builder().put("inner", 1).build())
            .build();

    @Test
    void fieldsAreReadByType() {
        Decoded<List<Object>> read = CborFields.read("thing", MAP,
                in -> List.of(in.number("number", 0, 7), in.text("text", 2), in.bytes("bytes", 2), in.link("link"),
                        in.flag("flag"), in.list("list", 2, item -> CborFields.as(CborInt.class, "item", item).value()),
                        in.map("map", inner -> inner.number("inner", 0, 1))));

        assertThat(read).isEqualTo(Decoded.ok(
                List.of(7L, "é", Bytes.fromHex("aabb"), TestCids.cid(1), true, List.of(1L, 2L), 1L)));
    }

    @Test
    void optionalFieldsMayBeAbsent() {
        CborMap empty = CborMap.builder().build();

        assertThat(read(empty, in -> {
            assertThat(in.optionalNumber("a", 0, 1)).isEmpty();
            assertThat(in.optionalText("a", 1)).isEmpty();
            assertThat(in.optionalBytes("a", 1)).isEmpty();
            assertThat(in.optionalLink("a")).isEmpty();
            assertThat(in.optionalFlag("a")).isEmpty();
            assertThat(in.optionalList("a", 1, item -> item)).isEmpty();
            assertThat(in.optionalMap("a", inner -> inner)).isEmpty();
            assertThat(in.optionalValue("a")).isEmpty();
            return "done";
        })).isEqualTo(Decoded.ok("done"));
    }

    @Test
    void requiredFieldsMayNot() {
        CborMap empty = CborMap.builder().build();
        List<FieldsReader<?>> readers = List.of(in -> in.number("a", 0, 1), in -> in.text("a", 1),
                in -> in.bytes("a", 1),
                in -> in.link("a"), in -> in.flag("a"), in -> in.list("a", 1, item -> item),
                in -> in.map("a", inner -> inner), in -> in.value("a"));

        for (FieldsReader<?> reader : readers) {
            assertRefused(read(empty, reader), Kind.MALFORMED);
        }
        assertThat(read(empty, in -> in.text("a", 1)).toString()).contains("thing has no field \"a\"");
    }

    @Test
    void aFieldOfAnotherTypeIsRefusedAlsoIfItIsNull() {
        CborMap nulls = CborMap.builder().put("a", new CborNull()).build();
        List<FieldsReader<?>> readers = List.of(in -> in.optionalNumber("a", 0, 1), in -> in.optionalText("a", 1),
                in -> in.optionalBytes("a", 1), in -> in.optionalLink("a"), in -> in.optionalFlag("a"),
                in -> in.optionalList("a", 1, item -> item), in -> in.optionalMap("a", inner -> inner));

        for (FieldsReader<?> reader : readers) {
            assertRefused(read(nulls, reader), Kind.WRONG_TYPE);
        }
        assertThat(read(nulls, in -> in.text("a", 1)).toString()).contains("thing.a is null, not text");
        assertRefused(CborFields.read("thing", new CborText("no map"), in -> in), Kind.WRONG_TYPE);
    }

    @Test
    void boundsAreKept() {
        assertRefused(read(MAP, in -> in.number("number", 0, 6)), Kind.OVERFLOW);
        assertRefused(read(MAP, in -> in.number("number", 8, 9)), Kind.OVERFLOW);
        assertRefused(read(MAP, in -> in.text("text", 1)), Kind.TOO_LONG);
        assertRefused(read(MAP, in -> in.bytes("bytes", 1)), Kind.TOO_LONG);
        assertRefused(read(MAP, in -> in.list("list", 1, item -> item)), Kind.TOO_MANY);
    }

    @Test
    void unknownFieldsAreRefused() {
        CborMap two = CborMap.builder().put("known", 1).put("unknown", 1).build();

        assertRefused(read(two, in -> in.number("known", 0, 1)), Kind.UNSUPPORTED);
        assertThat(read(two, in -> in.number("known", 0, 1)).toString()).contains("\"unknown\"");
        assertRefused(read(two, in -> in.has("unknown") ? in.number("known", 0, 1) : 0L), Kind.UNSUPPORTED);
        assertThat(read(two, CborFields::keys)).isEqualTo(Decoded.ok(List.of("known", "unknown")));
        CborMap nested = CborMap.builder().put("map", two).build();
        assertRefused(read(nested, in -> in.map("map", inner -> inner.number("known", 0, 1))), Kind.UNSUPPORTED);
    }

    @Test
    void aReaderMayRefuseForItsOwnReasons() {
        assertRefused(read(MAP, in -> {
            throw in.refuse(Kind.BAD_SIGNATURE, "is not signed");
        }), Kind.BAD_SIGNATURE);
        CborMap list = CborMap.builder().put("list", List.of(CborList.of())).build();
        assertRefused(read(list, in -> in.list("list", 1, item -> CborFields.as(CborInt.class, "item", item))),
                Kind.WRONG_TYPE);
    }

    private static <T> Decoded<T> read(CborMap map, FieldsReader<T> reader) {
        return CborFields.read("thing", map, reader);
    }
}
