package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.fetch.web.WebResult.Failed;
import io.pinfold.ipfsnode.fetch.web.WebResult.Got;
import io.pinfold.ipfsnode.fetch.web.WebResult.Kind;
import io.pinfold.ipfsnode.fetch.web.WebResult.Refused;
import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestKeys;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrustlessGatewayTest {

    private static final Bytes DATA = Bytes.fromHex("0102030405");
    private static final Cid CID = Cid.raw(DATA);
    private static final String RAW = "application/vnd.ipld.raw";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private ScriptedWeb server(ScriptedWeb.Script script) {
        ScriptedWeb server = new ScriptedWeb(script);
        open.add(server);
        return server;
    }

    private WebClient client(DnsResolver names, WebPlace... configured) {
        WebClient client = new WebClient(List.of(configured).stream().map(WebPlace::base).toList(), names);
        open.add(client);
        return client;
    }

    private TrustlessGateway gateway(ScriptedWeb.Script script) {
        WebPlace place = server(script).place();
        return new TrustlessGateway(place, client(new Names(), place));
    }

    private static Kind failure(WebResult<?> result) {
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed<?>) result).kind();
    }

    @Test
    void a_block_is_asked_for_as_the_specification_says_and_connections_are_kept() {
        ScriptedWeb server = server((request, wire) -> wire.ok(RAW, DATA));
        TrustlessGateway gateway = new TrustlessGateway(server.place(), client(new Names(), server.place()));
        assertThat(gateway.block(CID, PATIENCE)).isEqualTo(new Got<>(new Block(CID, DATA)));
        assertThat(gateway.block(CID, PATIENCE)).isInstanceOf(Got.class);
        assertThat(server.connections).hasValue(1);
        ScriptedWeb.Request request = server.requests.getFirst();
        assertThat(request.target()).isEqualTo("/ipfs/" + CID + "?format=raw");
        assertThat(request.has("Accept: " + RAW)).isTrue();
    }

    @Test
    void other_bytes_than_those_asked_for_are_refused() {
        TrustlessGateway gateway = gateway((request, wire) -> wire.ok(RAW, Bytes.fromHex("0102030406")));
        assertThat(failure(gateway.block(CID, PATIENCE))).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void an_answer_without_end_is_read_as_far_as_a_block_may_go() {
        Bytes chunk = Bytes.copyOf(new byte[64 << 10]);
        TrustlessGateway gateway = gateway((request, wire) -> {
            wire.begin(RAW);
            while (true) {
                wire.raw(chunk);
            }
        });
        assertThat(failure(gateway.block(CID, PATIENCE))).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void headers_without_end_are_refused() {
        TrustlessGateway gateway = gateway((request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\n");
            while (true) {
                wire.raw("X-More: and more\r\n");
            }
        });
        assertThat(gateway.block(CID, PATIENCE)).isInstanceOf(Failed.class);
    }

    @Test
    void an_answer_that_drips_is_cut_when_its_time_is_over() {
        TrustlessGateway gateway = gateway((request, wire) -> {
            wire.begin(RAW);
            while (true) {
                wire.raw("x");
                LockSupport.parkNanos(5_000_000);
            }
        });
        assertThat(failure(gateway.block(CID, SHORT))).isEqualTo(Kind.TIMEOUT);
        TrustlessGateway silent = gateway((request, wire) -> wire.hang());
        assertThat(failure(silent.block(CID, SHORT))).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void a_stream_that_stops_is_cut_when_it_was_silent_for_too_long() {
        TrustlessGateway gateway = gateway((request, wire) -> {
            wire.begin("application/vnd.ipld.car");
            wire.raw(Bytes.fromHex("0a"));
            wire.hang();
        });
        assertThat(failure(gateway.graph(CID, PATIENCE, SHORT, _ -> true))).isEqualTo(Kind.SILENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 429, 500, 206, 204})
    void another_status_than_ok_is_told(int status) {
        TrustlessGateway gateway = gateway((request, wire) -> wire.status(status));
        assertThat(gateway.block(CID, PATIENCE)).isEqualTo(new Refused<>(status));
    }

    @Test
    void a_cut_answer_and_a_dead_server_are_told_apart() throws Exception {
        TrustlessGateway cutting = gateway((request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\1\2");
            wire.cut();
        });
        assertThat(failure(cutting.block(CID, PATIENCE))).isEqualTo(Kind.BAD_ANSWER);
        ScriptedWeb dead = server((request, wire) -> {});
        dead.close();
        assertThat(failure(new TrustlessGateway(dead.place(), client(new Names(), dead.place())).block(CID, PATIENCE)))
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_redirect_leads_to_no_server_near_by_unless_it_is_configured() {
        ScriptedWeb near = server((request, wire) -> wire.ok(RAW, DATA));
        ScriptedWeb leading = server((request, wire) -> wire.redirect(near.place() + "/elsewhere"));
        TrustlessGateway one = new TrustlessGateway(leading.place(), client(new Names(), leading.place()));
        assertThat(failure(one.block(CID, PATIENCE))).isEqualTo(Kind.BAD_REDIRECT);
        assertThat(near.requests).isEmpty();
        TrustlessGateway both = new TrustlessGateway(leading.place(),
                client(new Names(), leading.place(), near.place()));
        assertThat(both.block(CID, PATIENCE)).isInstanceOf(Got.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.1.2.3/", "http://192.168.1.1/", "http://169.254.169.254/latest",
        "http://[::1]:5001/",
        "http://[fc00::1]/", "http://0.0.0.0/", "http://100.64.0.1/", "http://inside.example/", "ftp://example.org/",
        "http:///x", "http://user:pw@example.org/", "::"})
    void a_redirect_to_what_is_not_public_is_refused(String location) {
        TrustlessGateway gateway = gateway((request, wire) -> wire.redirect(location));
        assertThat(failure(gateway.block(CID, PATIENCE))).isEqualTo(Kind.BAD_REDIRECT);
    }

    @Test
    void a_circle_of_redirects_ends() {
        TrustlessGateway gateway = gateway((request, wire) -> wire.redirect("/again"));
        assertThat(failure(gateway.block(CID, PATIENCE))).isEqualTo(Kind.BAD_REDIRECT);
    }

    @Test
    void an_interrupt_and_a_close_end_a_request_at_once() throws Exception {
        ScriptedWeb server = server((request, wire) -> wire.hang());
        WebClient client = client(new Names(), server.place());
        TrustlessGateway gateway = new TrustlessGateway(server.place(), client);
        CompletableFuture<WebResult<Block>> interrupted = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> interrupted.complete(gateway.block(CID, PATIENCE)));
        server.hanging.await();
        thread.interrupt();
        assertThat(failure(interrupted.get())).isEqualTo(Kind.CANCELLED);
        FutureTask<WebResult<Block>> closed = new FutureTask<>(() -> gateway.block(CID, PATIENCE));
        Thread.startVirtualThread(closed);
        client.close();
        assertThat(failure(closed.get())).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void a_record_is_asked_for_and_not_looked_into() {
        IpnsName name = new IpnsName(TestKeys.key(1).peerId());
        ScriptedWeb server = server((request, wire) -> wire.ok("application/vnd.ipfs.ipns-record", DATA));
        TrustlessGateway gateway = new TrustlessGateway(server.place(), client(new Names(), server.place()));
        assertThat(gateway.latest(name, PATIENCE)).contains(DATA);
        assertThat(server.requests.getFirst().target()).isEqualTo("/ipns/" + name + "?format=ipns-record");
        TrustlessGateway large = gateway((request, wire) -> wire.ok("x/x", Bytes.copyOf(new byte[10_241])));
        assertThat(large.latest(name, PATIENCE)).isEmpty();
    }

    @Test
    void places_are_told_by_scheme_host_port_and_path() {
        assertThat(WebPlace.parse("https://example.org/base/").orElseThrow().at("/x"))
                .isEqualTo(URI.create("https://example.org/base/x"));
        for (String bad : List.of("", "example.org", "ftp://example.org", "https://", "https://a@b.org",
                "https://a.org?x",
                "https://a.org#x", "https://a b")) {
            assertThat(WebPlace.parse(bad).toOptional()).as(bad).isEmpty();
        }
    }

    /** Knows one name, which leads to a neighbour, and addresses. */
    private static final class Names implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (host.equals("inside.example")) {
                return new InetAddress[]{InetAddress.getByName("10.0.0.1"), InetAddress.getLoopbackAddress()};
            }
            if (host.chars().anyMatch(c -> Character.isLetter(c)) && !host.contains(":")) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[]{InetAddress.getByName(host)};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
