package io.pinfold.rpc.server;

import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.rpc.Access;
import io.pinfold.rpc.AnswerBounds;
import io.pinfold.rpc.CallerLimits;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcFixture;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameReader;
import io.pinfold.rpc.frame.FrameWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** A stranger sends what he should not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RpcAttackTest {

    private static final Method OPEN = method("open", Access.OPEN);
    private static final Method TRUSTED = method("trusted", Access.TRUSTED);
    private static final Method LOCAL = method("local", Access.LOCAL);
    private static final RpcServerConfig CONFIG = new RpcServerConfig(8, 4, 2, Duration.ofMillis(200), 1 << 20,
            1 << 20);

    private final RpcFixture fixture = new RpcFixture();

    private static Method method(String name, Access access) {
        return new Method(name, access, 16, AnswerBounds.single(16), Duration.ofSeconds(20), new CallerLimits(4, 100));
    }

    @BeforeEach
    void serve() {
        RpcHandler echo = (call, answers) -> {
            answers.send(call.body());
            return RpcHandler.done();
        };
        RpcServer _ = fixture.serve(MethodTable.of(OPEN, TRUSTED, LOCAL), Map.of("open", echo, "trusted", echo),
                CONFIG);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void garbageIsABadRequest() throws Exception {
        assertRefused(Bytes.fromHex("05ffffffffff"), ErrorCode.BAD_REQUEST, Kind.UNSUPPORTED);
    }

    @Test
    void aRequestCutShortIsABadRequest() throws Exception {
        Bytes request = request("open", Bytes.EMPTY);
        assertRefused(request.slice(0, request.size() - 1), ErrorCode.BAD_REQUEST, Kind.TRUNCATED);
    }

    @Test
    void anEmptyStreamIsABadRequest() throws Exception {
        assertRefused(Bytes.EMPTY, ErrorCode.BAD_REQUEST, Kind.TRUNCATED);
    }

    @Test
    void bytesBehindTheRequestAreABadRequest() throws Exception {
        Bytes request = request("open", Bytes.EMPTY);
        assertRefused(request.concat(request), ErrorCode.BAD_REQUEST, Kind.TRAILING);
    }

    @Test
    void anAnswerInsteadOfARequestIsABadRequest() throws Exception {
        assertRefused(Bytes.fromHex("0103"), ErrorCode.BAD_REQUEST, Kind.WRONG_TYPE);
    }

    @Test
    void aRequestAboveEveryBoundIsTooLarge() throws Exception {
        assertRefused(Bytes.fromHex("818204"), ErrorCode.TOO_LARGE, Kind.TOO_LONG);
        assertRefused(Bytes.fromHex("ffffffff7f").concat(Bytes.copyOf(new byte[100_000])), ErrorCode.TOO_LARGE,
                Kind.TOO_LONG);
    }

    @Test
    void aRequestAboveItsMethodsBoundIsTooLarge() throws Exception {
        assertRefused(request("open", Bytes.copyOf(new byte[17])), ErrorCode.TOO_LARGE);
    }

    @Test
    void whatIsNotInTheTableIsUnknown() throws Exception {
        assertRefused(request("pin.add", Bytes.EMPTY), ErrorCode.UNKNOWN_METHOD);
    }

    @Test
    void trustedAndLocalMethodsAreForbidden() throws Exception {
        assertRefused(request("trusted", Bytes.EMPTY), ErrorCode.FORBIDDEN);
        assertRefused(request("local", Bytes.EMPTY), ErrorCode.FORBIDDEN);
    }

    @Test
    void whoSendsNothingOrTooSlowlyIsCutOff() throws Exception {
        try (Stream stream = fixture.rawStream()) {
            stream.output().write(request("open", Bytes.EMPTY).slice(0, 5).toArray());

            assertThat(error(stream).code()).isEqualTo(ErrorCode.DEADLINE);
        }
    }

    @Test
    void whoLeavesWithinTheRequestIsForgotten() throws Exception {
        Stream stream = fixture.rawStream();
        stream.output().write(request("open", Bytes.EMPTY).slice(0, 5).toArray());
        stream.reset();

        fixture.served.await(RpcMeter.ABANDONED, 1);
        assertThat(answered(request("open", Bytes.EMPTY))).isInstanceOf(Frame.Item.class);
    }

    @Test
    void streamsThatAreHeldOpenTakeOnlyTheirShare() throws Exception {
        try (Stream _ = fixture.rawStream(); Stream _ = fixture.rawStream(); Stream third = fixture.rawStream()) {
            Frame.Failure error = error(third);

            assertThat(error.code()).isEqualTo(ErrorCode.LIMIT);
            assertThat(error.retryAfter()).contains(Duration.ofSeconds(1));
        }
    }

    @Test
    void afterAllThatTheServerStillAnswers() throws Exception {
        for (int round = 0; round < 50; round++) {
            assertRefused(Bytes.fromHex("05ffffffffff"), ErrorCode.BAD_REQUEST, Kind.UNSUPPORTED);
        }
        assertThat(answered(request("open", Bytes.fromHex("07")))).isEqualTo(new Frame.Item(Bytes.fromHex("07")));
    }

    private void assertRefused(Bytes sent, ErrorCode code, Kind reason) throws Exception {
        long before = fixture.served.of(RpcMeter.malformed(reason));
        assertRefused(sent, code);
        fixture.served.await(RpcMeter.malformed(reason), before + 1);
    }

    private void assertRefused(Bytes sent, ErrorCode code) throws Exception {
        long before = fixture.served.of(RpcMeter.refused(code));
        assertThat(answered(sent)).isInstanceOfSatisfying(Frame.Failure.class,
                error -> assertThat(error.code()).isEqualTo(code));
        fixture.served.await(RpcMeter.refused(code), before + 1);
        assertThat(fixture.served.of(RpcMeter.SERVED)).isZero();
    }

    private Frame answered(Bytes sent) throws IOException {
        try (Stream stream = fixture.rawStream()) {
            stream.output().write(sent.toArray());
            stream.closeWrite();
            return frame(stream);
        }
    }

    private static Frame.Failure error(Stream stream) throws IOException {
        return (Frame.Failure) frame(stream);
    }

    private static Frame frame(Stream stream) throws IOException {
        Decoded<Frame> read = FrameReader.read(stream.input(), RpcProtocol.MAX_FRAME);
        return read.orElseThrow();
    }

    private static Bytes request(String method, Bytes body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter.write(out, new Frame.Request(method, Duration.ofSeconds(5), body));
        return Bytes.copyOf(out.toByteArray());
    }
}
