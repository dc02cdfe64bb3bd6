package io.pinfold.cli.ctl;

import io.pinfold.api.FakePeer;
import io.pinfold.api.Samples;
import io.pinfold.api.TestServer;
import io.pinfold.cli.TestConsole;
import io.pinfold.cli.TestConsole.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole program against a real REST API of a peer in memory. */
abstract class CtlFixture {

    static final String CID = Samples.CID_1.toString();

    final FakePeer peer = new FakePeer();
    final TestServer server = TestServer.of(peer);
    final TestConsole terminal = new TestConsole();

    @BeforeEach
    void a_pin() {
        peer.pinset.put(Samples.CID_1, Samples.pin(Samples.CID_1, "one"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Result ctl(String... args) {
        List<String> all = new ArrayList<>(List.of("--host", server.server().addresses().get(0).toString()));
        all.addAll(Arrays.asList(args));
        return terminal.run(CtlMain::run, all.toArray(String[]::new));
    }

    String text(String... args) {
        Result result = ctl(args);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.OK);
        return result.out();
    }
}
