package io.pinfold.templates.json;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.templates.Template;
import io.pinfold.templates.TestTemplates;
import io.pinfold.testkit.Seeds;
import java.util.Collections;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Files that are no templates, or lie. */
class TemplateAttackTest {

    private static final String GOOD = new String(TemplateJson.write(TestTemplates.full()).toArray(), UTF_8);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private static Refusal refusal(String json) {
        return refusal(Bytes.copyOf(json.getBytes(UTF_8)));
    }

    private static Refusal refusal(Bytes json) {
        if (TemplateJson.read(json) instanceof Decoded.Refused<Template>(Refusal refusal)) {
            return refusal;
        }
        throw new AssertionError("accepted: " + json.size() + " bytes");
    }

    private static Refusal changed(String from, String to) {
        assertThat(GOOD).contains(from);
        return refusal(GOOD.replace(from, to));
    }

    @Test
    void notJsonOrNotAnObject() {
        for (int length = 0; length < GOOD.length() - 2; length += 7) {
            assertThat(refusal(GOOD.substring(0, length)).kind()).isIn(Kind.MALFORMED, Kind.WRONG_TYPE);
        }
        assertThat(refusal("[]").kind()).isEqualTo(Kind.WRONG_TYPE);
        assertThat(refusal("null").kind()).isEqualTo(Kind.WRONG_TYPE);
        assertThat(refusal(GOOD + "{}").kind()).isEqualTo(Kind.MALFORMED);
        assertThat(refusal("<!doctype html><html>").kind()).isEqualTo(Kind.MALFORMED);
        assertThat(refusal(Bytes.fromHex("7b22ff223a317d")).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void tooLargeTooDeepTooMany() {
        assertThat(refusal(GOOD + " ".repeat(TemplateJson.MAX_BYTES)).kind()).isEqualTo(Kind.TOO_LONG);
        assertThat(refusal("{\"a\":".repeat(4) + "1" + "}".repeat(4)).kind()).isEqualTo(Kind.TOO_DEEP);
        assertThat(refusal("[".repeat(100_000)).kind()).isEqualTo(Kind.TOO_DEEP);
        assertThat(refusal("{\"" + "a".repeat(1000) + "\":1}").kind()).isEqualTo(Kind.TOO_DEEP);
        String address = "\"/dns4/peer.example/tcp/9096/p2p/"
                + TestTemplates.full().bootstrap().getFirst().peerId().orElseThrow()
                + "\"";
        assertThat(changed(address, String.join(",", Collections.nCopies(65, address))).kind())
                .isEqualTo(Kind.TOO_MANY);
        assertThat(TemplateJson.read(Bytes.copyOf(
                GOOD.replace(address, String.join(",", Collections.nCopies(64, address))).getBytes(UTF_8))))
                .isInstanceOf(Decoded.Ok.class);
        assertThat(changed("\"5m\"", "\"" + "5".repeat(257) + "\"").kind()).isEqualTo(Kind.TOO_LONG);
    }

    @Test
    void versionsAndMembersOfOtherPrograms() {
        assertThat(changed("\"pinfold_template\" : 1", "\"pinfold_template\" : 2"))
                .isEqualTo(new Refusal(Kind.UNSUPPORTED, "version 2 of the format; this program knows 1"));
        assertThat(changed("\"pinfold_template\" : 1", "\"pinfold_template\" : \"1\"").kind())
                .isEqualTo(Kind.WRONG_TYPE);
        assertThat(changed("\"pinfold_template\" : 1", "\"pinfold_template\" : 99999999999").kind())
                .isEqualTo(Kind.WRONG_TYPE);
        assertThat(changed("\"pinfold_template\" : 1,", "\"pinfold_template\" : 1, \"secret\" : \"\","))
                .isEqualTo(new Refusal(Kind.UNSUPPORTED, "unknown member \"secret\""));
        assertThat(changed("\"pinfold_template\" : 1,", "\"pinfold_template\" : 1, \"name\" : \"x\",").kind())
                .isEqualTo(Kind.MALFORMED);
        assertThat(changed("\"genesis\"", "\"genesys\""))
                .isEqualTo(new Refusal(Kind.MALFORMED, "no member \"genesis\""));
        assertThat(changed("[ \"/dns4", "[ 1, \"/dns4").kind()).isEqualTo(Kind.WRONG_TYPE);
        assertThat(changed("\"5m\"", "5").kind()).isEqualTo(Kind.WRONG_TYPE);
    }

    @Test
    void aClusterThatIsNotItsGenesis() {
        String ours = TestTemplates.full().clusterId().toString();
        String theirs = TestTemplates.other().clusterId().toString();
        assertThat(changed(ours, theirs).detail())
                .isEqualTo("\"cluster\" is " + theirs + ", and the genesis is that of " + ours);
        assertThat(changed(ours, "Qm").kind()).isNotNull();
        assertThat(changed("\"name\" : \"test\"", "\"name\" : \"trusted\"").detail())
                .isEqualTo("\"name\" is another than the genesis has");
    }

    @Test
    void aGenesisThatIsDamaged() {
        RandomGenerator random = seeds.generator();
        String genesis = GOOD.substring(GOOD.indexOf("\"genesis\" : \"") + 13, GOOD.indexOf("\",\n  \"bootstrap"));
        assertThat(changed(genesis, genesis.substring(1)).detail()).startsWith("\"genesis\": ");
        assertThat(changed(genesis, "").detail()).startsWith("\"genesis\": ");
        for (int i = 0; i < 500; i++) {
            int at = random.nextInt(genesis.length());
            String damaged = genesis.substring(0, at) + (char) ('!' + random.nextInt(90)) + genesis.substring(at + 1);
            if (!damaged.equals(genesis) && damaged.indexOf('"') < 0 && damaged.indexOf('\\') < 0) {
                assertThat(changed(genesis, damaged).detail()).as("%s: %s", seeds, damaged).isNotEmpty();
            }
        }
    }

    @Test
    void addressesWithoutAPeer() {
        assertThat(changed("/dns4/peer.example/tcp/9096/p2p/", "/dns4/peer.example/tcp/9096/ws/p2p/x/").detail())
                .startsWith("\"bootstrap\": ");
        assertThat(refusal(GOOD.replaceAll("9096/p2p/[^\"]*", "9096")).detail())
                .isEqualTo("an address of \"bootstrap\" does not end with /p2p/PEER");
        assertThat(refusal(GOOD.replaceAll("udp/4001/quic-v1/p2p/[^\"]*", "udp/4001/quic-v1")).detail())
                .isEqualTo("an address of \"ipfs\" does not end with /p2p/PEER");
    }

    @Test
    void settingsThatTouchTrustOrThisMachine() {
        for (String key : new String[]{"pinning.backends", "api.rest.listen", "chain.stale_after", "trust.alone",
            "tracker.removal_delay", "tracker.removal_share", "cluster.listen", "log.level", "nonsense"}) {
            assertThat(changed("tracker.pin_timeout", key))
                    .isEqualTo(new Refusal(Kind.UNSUPPORTED, "a template cannot set \"" + key + '"'));
        }
    }
}
