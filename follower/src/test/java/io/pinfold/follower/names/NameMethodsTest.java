package io.pinfold.follower.names;

import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.ipns.RecordShelf;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.rpc.Access;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.Method;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import io.pinfold.rpc.server.RpcHandler.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What peers answer when others ask for records of names, or hand them over. */
class NameMethodsTest {

    private static final IpnsRecord RECORD = IpnsRecord.sign(TestKeys.key(1), "/ipfs/bafkqaaa",
            Instant.parse("2126-01-01T00:00:00Z"), 7, Duration.ofMinutes(1));
    private static final IpnsName OTHER = new IpnsName(TestKeys.peerId(2));

    private final Shelf shelf = new Shelf();
    private final Sink sink = new Sink();

    /** Takes what it is given, and says what the test wants. */
    private static final class Shelf implements RecordShelf {

        final Map<IpnsName, IpnsRecord> records = new HashMap<>();
        Taken says = Taken.HERE;

        @Override
        public Optional<IpnsRecord> record(IpnsName name) {
            return Optional.ofNullable(records.get(name));
        }

        @Override
        public Taken take(IpnsName name, Bytes encoded) {
            return IpnsRecord.verify(name, encoded) instanceof Decoded.Ok<IpnsRecord> ? says : Taken.BAD;
        }
    }

    private static final class Sink implements AnswerSink {

        final List<Bytes> items = new ArrayList<>();

        @Override
        public void send(Bytes item) {
            items.add(item);
        }

        @Override
        public boolean fits(int bytes) {
            return true;
        }
    }

    private static RpcCall call(Method method, Bytes body) {
        return new RpcCall(TestKeys.peerId(8), true, method, body, Instant.MAX);
    }

    private Outcome ask(IpnsName name) throws IOException {
        return new NameRecordMethod(Optional.of(shelf)).handle(call(MethodTable.NAME_RECORD, name.id().toBytes()),
                sink);
    }

    private Outcome give(Bytes request) throws IOException {
        return new NameKeepMethod(Optional.of(shelf)).handle(call(MethodTable.NAME_KEEP, request), sink);
    }

    private static ErrorCode code(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).code();
    }

    @Test
    void anybody_may_ask_and_only_trusted_peers_may_hand_over() {
        assertThat(MethodTable.NAME_RECORD.access()).isEqualTo(Access.OPEN);
        assertThat(MethodTable.NAME_KEEP.access()).isEqualTo(Access.TRUSTED);
    }

    @Test
    void a_record_is_told_as_it_is() throws IOException {
        shelf.records.put(RECORD.name(), RECORD);
        assertThat(ask(RECORD.name())).isEqualTo(RpcHandler.done());
        assertThat(sink.items).containsExactly(RECORD.encoded());
        assertThat(code(ask(OTHER))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void what_is_no_name_is_refused() throws IOException {
        var method = new NameRecordMethod(Optional.of(shelf));
        for (String hex : List.of("", "00", "12", "1220ff", "0024080112", "ff".repeat(64))) {
            assertThat(code(method.handle(call(MethodTable.NAME_RECORD, Bytes.fromHex(hex)), sink))).as(hex)
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
        assertThat(sink.items).isEmpty();
    }

    @Test
    void what_is_handed_over_is_kept_or_refused_with_a_reason() throws IOException {
        Bytes good = NameKeepCodec.encode(RECORD.name(), RECORD.encoded());
        for (RecordShelf.Taken fine : List.of(RecordShelf.Taken.HERE, RecordShelf.Taken.OLD)) {
            shelf.says = fine;
            assertThat(give(good)).isEqualTo(RpcHandler.done());
        }
        assertThat(sink.items).containsExactly(Bytes.EMPTY, Bytes.EMPTY);
        shelf.says = RecordShelf.Taken.EXPIRED;
        assertThat(code(give(good))).isEqualTo(ErrorCode.BAD_REQUEST);
        shelf.says = RecordShelf.Taken.NO_ROOM;
        assertThat(code(give(good))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(code(give(NameKeepCodec.encode(OTHER, RECORD.encoded())))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(sink.items).hasSize(2);
    }

    @Test
    void requests_are_canonical_and_bounded() throws IOException {
        Bytes good = NameKeepCodec.encode(RECORD.name(), RECORD.encoded());
        assertThat(NameKeepCodec.decode(good))
                .isEqualTo(Decoded.ok(new NameKeepCodec.Request(RECORD.name(), RECORD.encoded())));
        for (int length = 0; length < good.size(); length++) {
            assertThat(code(give(good.slice(0, length)))).as("cut at " + length).isEqualTo(ErrorCode.BAD_REQUEST);
        }
        assertThat(code(give(good.concat(Bytes.fromHex("00"))))).isEqualTo(ErrorCode.BAD_REQUEST);
        Bytes most = NameKeepCodec.encode(RECORD.name(), Bytes.copyOf(new byte[IpnsRecord.MAX_BYTES]));
        assertThat(most.size()).isLessThanOrEqualTo(MethodTable.NAME_KEEP.requestBytes());
        assertThat(NameKeepCodec.decode(most)).isInstanceOf(Decoded.Ok.class);
        Bytes more = NameKeepCodec.encode(RECORD.name(), Bytes.copyOf(new byte[IpnsRecord.MAX_BYTES + 1]));
        assertThat(NameKeepCodec.decode(more)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void a_peer_whose_node_is_elsewhere_has_no_records() throws IOException {
        assertThat(code(new NameRecordMethod(Optional.empty())
                .handle(call(MethodTable.NAME_RECORD, RECORD.name().id().toBytes()), sink)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(new NameKeepMethod(Optional.empty()).handle(
                call(MethodTable.NAME_KEEP, NameKeepCodec.encode(RECORD.name(), RECORD.encoded())), sink)))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }
}
