package io.pinfold.api.doors;

import io.pinfold.api.RawHttp;
import io.pinfold.api.SmallNode;
import io.pinfold.api.http.ListenAddress;
import io.pinfold.follower.assembly.NodeHolder;
import io.pinfold.follower.config.DoorsConfig;
import io.pinfold.follower.view.AddOperations;
import io.pinfold.ipfsnode.view.NodeView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which doors are open, and to whom. */
class IpfsDoorsTest {

    private static final String ANY = "/ip4/127.0.0.1/tcp/0";

    private static SmallNode node;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        node = new SmallNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static IpfsDoors open(DoorsConfig config, Path socket) {
        return ((IpfsDoors.Opened.Open) IpfsDoors.open(node.holder, config, socket)).doors();
    }

    @Test
    void without_a_word_there_is_a_socket_for_the_owner_only() throws IOException {
        Path socket = folder.resolve("ipfs.sock");
        try (IpfsDoors doors = open(DoorsConfig.NONE, socket)) {
            assertThat(doors.addresses()).containsExactly(new ListenAddress.Unix(socket));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap("POST /api/v0/id HTTP/1.1\r\nHost: unix\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)));
                RawHttp.Answer id = RawHttp.parse(Channels.newInputStream(channel).readAllBytes());
                assertThat(id.status()).isEqualTo(200);
                assertThat(id.body()).contains("12D3KooW");
            }
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void each_door_has_what_belongs_to_it() throws IOException {
        try (IpfsDoors doors = open(new DoorsConfig(List.of(ANY), List.of(ANY)), folder.resolve("two.sock"))) {
            RawHttp api = http(doors, 1);
            RawHttp gateway = http(doors, 2);
            assertThat(api.ask("POST", "/api/v0/block/stat?arg=" + node.hello).status()).isEqualTo(200);
            assertThat(api.ask("POST", "/api/v0/id", "Host: evil.example").status()).isEqualTo(403);
            assertThat(api.ask("GET", "/ipfs/" + node.hello + "?format=raw").status()).isEqualTo(404);
            assertThat(gateway.ask("GET", "/ipfs/" + node.hello + "?format=raw").body()).isEqualTo(SmallNode.HELLO);
            assertThat(gateway.ask("GET", "/ipfs/" + node.hello + "?format=raw", "Host: evil.example").status())
                    .isEqualTo(403);
            assertThat(gateway.ask("POST", "/api/v0/id").status()).isEqualTo(404);
        }
    }

    private static RawHttp http(IpfsDoors doors, int index) {
        return new RawHttp((InetSocketAddress) doors.addresses().get(index).socketAddress());
    }

    @Test
    void a_port_in_use_is_told_with_its_key() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "/ip4/127.0.0.1/tcp/" + taken.getLocalPort();
            assertThat(
                    IpfsDoors.open(node.holder, new DoorsConfig(List.of(), List.of(address)), folder.resolve("x.sock")))
                    .isInstanceOfSatisfying(IpfsDoors.Opened.Refused.class, refused -> {
                        assertThat(refused.key()).isEqualTo("ipfs.gateway");
                        assertThat(refused.address()).isEqualTo(address);
                    });
            assertThat(folder.resolve("x.sock")).doesNotExist();
        }
    }

    @Test
    void a_path_too_long_for_a_socket_costs_the_socket_alone() {
        try (IpfsDoors doors = open(new DoorsConfig(List.of(ANY), List.of()), folder.resolve("s".repeat(200)))) {
            assertThat(doors.addresses()).hasSize(1);
        }
    }

    @Test
    void content_elsewhere_has_no_doors_here() {
        NodeHolder elsewhere = new NodeHolder() {
            @Override
            public Optional<NodeView> inside() {
                return Optional.empty();
            }

            @Override
            public AddOperations adding() {
                return node.holder.adding();
            }
        };
        IpfsDoors.Opened opened = IpfsDoors.open(elsewhere, new DoorsConfig(List.of(ANY), List.of(ANY)),
                folder.resolve("none.sock"));
        assertThat(((IpfsDoors.Opened.Open) opened).doors().addresses()).isEmpty();
    }

    @Test
    void the_api_is_for_this_machine() {
        assertThatThrownBy(() -> new DoorsConfig(List.of("/ip4/0.0.0.0/tcp/5001"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new DoorsConfig(List.of(), List.of("/ip4/0.0.0.0/tcp/8080")).isGatewayPublic()).isTrue();
    }
}
