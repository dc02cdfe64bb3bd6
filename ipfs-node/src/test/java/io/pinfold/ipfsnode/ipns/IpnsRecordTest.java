package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IpnsRecordTest {

    private static final Instant UNTIL = Instant.parse("2126-10-29T03:12:53.386109409Z");
    private static final PrivateKey KEY = TestKeys.key(7);
    private static final IpnsName NAME = new IpnsName(KEY.peerId());

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void a_record_that_kubo_made_with_both_signatures_is_read() {
        IpnsRecord record = IpnsRecord.verify(KuboRecords.V1_AND_V2_NAME, KuboRecords.V1_AND_V2).orElseThrow();
        assertThat(record.valueText()).isEqualTo("/ipfs/bafkqaaa");
        assertThat(record.sequence()).isEqualTo(3);
        assertThat(record.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(record.validUntil()).isEqualTo(Instant.parse("2126-10-29T03:12:53.183839954Z"));
    }

    @Test
    void a_record_of_the_present_kind_is_made_byte_by_byte_as_kubo_makes_it() {
        IpnsRecord record = IpnsRecord.verify(KuboRecords.V2_NAME, KuboRecords.V2).orElseThrow();
        assertThat(record.valueText()).isEqualTo("/ipns/" + KuboRecords.V1_AND_V2_NAME);
        IpnsRecord ours = IpnsRecord.sign(KuboRecords.V2_KEY, record.valueText(), UNTIL, 9, Duration.ofSeconds(90));
        assertThat(ours.encoded()).isEqualTo(KuboRecords.V2);
        assertThat(ours).isEqualTo(record);
    }

    @Test
    void a_record_of_an_rsa_name_is_read_with_the_key_that_it_carries_and_not_without() {
        IpnsRecord record = IpnsRecord.verify(KuboRecords.RSA_NAME, KuboRecords.RSA).orElseThrow();
        assertThat(record.valueText()).isEqualTo("/ipfs/bafkqaaa");
        IpnsEntry entry = entry(KuboRecords.RSA);
        assertThat(refusal(KuboRecords.RSA_NAME, with(entry, Optional.empty(), entry.signatureV2(), entry.data())))
                .isEqualTo(Refusal.Kind.MALFORMED);
        assertThat(refusal(KuboRecords.RSA_NAME, with(entry, entry.pubKey(), entry.signatureV1(), entry.data())))
                .isEqualTo(Refusal.Kind.BAD_SIGNATURE);
        assertThat(refusal(NAME, KuboRecords.RSA)).isEqualTo(Refusal.Kind.MALFORMED);
    }

    @Test
    void names_have_the_topic_and_the_key_of_the_specification() {
        assertThat(NAME.routingKey().toHex()).startsWith("2f69706e732f002408011220");
        assertThat(NAME.topic()).startsWith("/record/L2lwbnMvACQIARIg").doesNotContain("=");
        assertThat(NAME.toString()).startsWith("k51qzi5uqu5d");
        assertThat(IpnsName.parse(NAME.toString())).isEqualTo(Decoded.ok(NAME));
        assertThat(IpnsName.parse(NAME.id().toString())).isEqualTo(Decoded.ok(NAME));
    }

    @Test
    void nothing_of_a_record_can_be_changed() {
        Bytes encoded = IpnsRecord.sign(KEY, "/ipfs/bafkqaaa", UNTIL, 1, Duration.ofMinutes(1)).encoded();
        for (int at = 0; at < encoded.size(); at++) {
            assertRefused(NAME, encoded.slice(0, at));
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = encoded.toArray();
                changed[at] ^= (byte) (1 << bit);
                assertRefused(NAME, Bytes.copyOf(changed));
            }
        }
    }

    @Test
    void noise_is_refused() {
        RandomGenerator random = seeds.generator();
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            assertRefused(NAME, Bytes.copyOf(noise));
        }
    }

    @Test
    void a_record_of_another_name_is_refused() {
        Bytes encoded = IpnsRecord.sign(TestKeys.key(8), "/ipfs/bafkqaaa", UNTIL, 1, Duration.ZERO).encoded();
        assertThat(refusal(NAME, encoded)).isEqualTo(Refusal.Kind.BAD_SIGNATURE);
        IpnsEntry other = entry(encoded);
        Bytes withKey = with(other, Optional.of(TestKeys.key(8).publicKey().toBytes()), other.signatureV2(),
                other.data());
        assertThat(refusal(NAME, withKey)).isEqualTo(Refusal.Kind.MALFORMED);
    }

    @Test
    void the_key_may_be_carried_also_where_the_name_holds_it() {
        IpnsEntry entry = entry(KuboRecords.V2);
        Bytes key = KuboRecords.V2_KEY.publicKey().toBytes();
        assertThat(IpnsRecord.verify(KuboRecords.V2_NAME,
                with(entry, Optional.of(key), entry.signatureV2(), entry.data())))
                .isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void a_record_with_a_v1_signature_alone_is_refused() {
        IpnsEntry entry = entry(KuboRecords.V1_AND_V2);
        assertThat(refusal(KuboRecords.V1_AND_V2_NAME,
                new IpnsEntry(entry.value(), entry.signatureV1(), entry.validityType(), entry.validity(),
                        entry.sequence(), entry.ttl(), Optional.empty(), Optional.empty(), Optional.empty()).toBytes()))
                .isEqualTo(Refusal.Kind.MALFORMED);
    }

    @Test
    void a_bad_v1_signature_does_not_matter_where_v2_holds() {
        IpnsEntry entry = entry(KuboRecords.V1_AND_V2);
        assertThat(IpnsRecord.verify(KuboRecords.V1_AND_V2_NAME,
                new IpnsEntry(entry.value(), Optional.of(Bytes.copyOf(new byte[64])), entry.validityType(),
                        entry.validity(), entry.sequence(), entry.ttl(), Optional.empty(), entry.signatureV2(),
                        entry.data()).toBytes()))
                .isInstanceOf(Decoded.Ok.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "validity type", "validity", "sequence", "TTL", "no value", "no validity"})
    void v1_fields_that_differ_from_the_signed_ones_are_refused(String which) {
        IpnsEntry entry = entry(KuboRecords.V1_AND_V2);
        Optional<Bytes> lie = Optional.of(utf8("/ipfs/bafkqabt3nzxxa"));
        Bytes changed = new IpnsEntry(
                which.equals("value") ? lie : which.equals("no value") ? Optional.empty() : entry.value(),
                entry.signatureV1(),
                which.equals("validity type") ? OptionalLong.of(1) : entry.validityType(),
                which.equals("validity") ? lie : which.equals("no validity") ? Optional.empty() : entry.validity(),
                which.equals("sequence") ? OptionalLong.of(4) : entry.sequence(),
                which.equals("TTL") ? OptionalLong.empty() : entry.ttl(),
                Optional.empty(), entry.signatureV2(), entry.data()).toBytes();
        assertThat(refusal(KuboRecords.V1_AND_V2_NAME, changed)).isEqualTo(Refusal.Kind.NOT_CANONICAL);
    }

    @Test
    void a_single_v1_field_is_compared_too() {
        IpnsEntry entry = entry(KuboRecords.V2);
        assertThat(refusal(KuboRecords.V2_NAME,
                new IpnsEntry(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(),
                        OptionalLong.of(10), OptionalLong.empty(), Optional.empty(), entry.signatureV2(),
                        entry.data()).toBytes()))
                .isEqualTo(Refusal.Kind.NOT_CANONICAL);
    }

    @Test
    void a_field_twice_and_a_field_of_another_type_are_refused_and_unknown_ones_are_passed_over() {
        Bytes twice = KuboRecords.V2.concat(KuboRecords.V2);
        assertThat(refusal(KuboRecords.V2_NAME, twice)).isEqualTo(Refusal.Kind.NOT_CANONICAL);
        assertThat(refusal(KuboRecords.V2_NAME, KuboRecords.V2.concat(Bytes.fromHex("0801"))))
                .isEqualTo(Refusal.Kind.WRONG_TYPE);
        assertThat(IpnsRecord.verify(KuboRecords.V2_NAME, KuboRecords.V2.concat(Bytes.fromHex("a20603616263"))))
                .isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void ten_kibibytes_are_the_most() {
        Bytes filler = Bytes.copyOf(new byte[IpnsRecord.MAX_BYTES]);
        int room = IpnsRecord.MAX_BYTES - KuboRecords.V2.size() - 3;
        Bytes full = KuboRecords.V2.concat(unknownField(filler.slice(0, room)));
        assertThat(full.size()).isEqualTo(IpnsRecord.MAX_BYTES);
        assertThat(IpnsRecord.verify(KuboRecords.V2_NAME, full)).isInstanceOf(Decoded.Ok.class);
        assertThat(refusal(KuboRecords.V2_NAME, KuboRecords.V2.concat(unknownField(filler.slice(0, room + 1)))))
                .isEqualTo(Refusal.Kind.TOO_LONG);
    }

    @Test
    void fields_that_others_put_into_the_signed_data_are_allowed_and_missing_ones_are_not() {
        assertThat(IpnsRecord.verify(NAME, signed(data().put("_mine", "x").build()))).isInstanceOf(Decoded.Ok.class);
        assertThat(refusal(NAME, signed(CborMap.builder().put("Value", utf8("/ipfs/bafkqaaa")).build())))
                .isEqualTo(Refusal.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2126-10-29", "2126-13-29T00:00:00Z", "2126-10-29T00:00:00", "+12126-10-29T00:00:00Z",
        "2126-10-29T00:00:00.1234567890Z", "2126-02-30T00:00:00Z", " 2126-10-29T00:00:00Z", ""})
    void a_validity_that_is_no_time_is_refused(String validity) {
        Bytes encoded = signed(CborMap.builder()
                .put("Value", utf8("/ipfs/bafkqaaa"))
                .put("Validity", utf8(validity))
                .put("ValidityType", 0)
                .put("Sequence", 1)
                .put("TTL", 1)
                .build());
        assertThat(refusal(NAME, encoded)).isEqualTo(Refusal.Kind.MALFORMED);
    }

    @Test
    void the_greater_number_counts_then_the_later_validity_then_the_bytes() {
        IpnsRecord one = IpnsRecord.sign(KEY, "/ipfs/bafkqaaa", UNTIL, 1, Duration.ZERO);
        IpnsRecord two = IpnsRecord.sign(KEY, "/ipfs/bafkqaaa", UNTIL.minusSeconds(9), 2, Duration.ZERO);
        IpnsRecord later = IpnsRecord.sign(KEY, "/ipfs/bafkqaaa", UNTIL, 2, Duration.ZERO);
        IpnsRecord other = IpnsRecord.sign(KEY, "/ipfs/bafkqaba", UNTIL, 2, Duration.ZERO);
        assertThat(two.isNewerThan(one)).isTrue();
        assertThat(one.isNewerThan(two)).isFalse();
        assertThat(later.isNewerThan(two)).isTrue();
        assertThat(later.isNewerThan(later)).isFalse();
        assertThat(later.isNewerThan(other)).isNotEqualTo(other.isNewerThan(later));
    }

    @Test
    void a_record_is_valid_until_its_time() {
        ManualClock clock = new ManualClock();
        IpnsRecord record = IpnsRecord.sign(KEY, "/ipfs/bafkqaaa", clock.instant().plusSeconds(5), 1, Duration.ZERO);
        assertThat(record.isValid(clock)).isTrue();
        clock.advance(Duration.ofSeconds(5));
        assertThat(record.isValid(clock)).isFalse();
    }

    private static CborMapBuilder data() {
        return CborMap.builder()
                .put("Value", utf8("/ipfs/bafkqaaa"))
                .put("Validity", utf8(UNTIL.toString()))
                .put("ValidityType", 0)
                .put("Sequence", 1)
                .put("TTL", 1);
    }

    private static Bytes signed(CborMap document) {
        Bytes data = DagCbor.encode(document);
        return IpnsEntry.of(KEY.sign(utf8("ipns-signature:").concat(data)), data).toBytes();
    }

    private static Bytes unknownField(Bytes content) {
        int size = content.size();
        return Bytes.copyOf(new byte[]{(byte) 0x7a, (byte) ((size & 0x7f) | 0x80), (byte) (size >> 7)}).concat(content);
    }

    private static IpnsEntry entry(Bytes encoded) {
        return Decoded.attempt(() -> IpnsEntry.read(encoded)).orElseThrow();
    }

    private static Bytes with(IpnsEntry entry, Optional<Bytes> key, Optional<Bytes> signature, Optional<Bytes> data) {
        return new IpnsEntry(entry.value(), entry.signatureV1(), entry.validityType(), entry.validity(),
                entry.sequence(), entry.ttl(), key, signature, data).toBytes();
    }

    private static Bytes utf8(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(IpnsName name, Bytes encoded) {
        assertThat(IpnsRecord.verify(name, encoded)).isInstanceOf(Decoded.Refused.class);
    }

    private static Refusal.Kind refusal(IpnsName name, Bytes encoded) {
        return switch (IpnsRecord.verify(name, encoded)) {
            case Decoded.Refused<IpnsRecord>(Refusal refusal) -> refusal.kind();
            case Decoded.Ok<IpnsRecord>(IpnsRecord record) -> throw new AssertionError(record);
        };
    }
}
