package io.pinfold.libp2p.interop;

import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.JsPeer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A peer of js-libp2p, which runs for all tests of a class. */
abstract class JsFixture {

    static JsPeer js;
    static PeerId jsId;
    static List<Multiaddr> jsAddresses;

    @BeforeAll
    static void startJs() {
        js = JsPeer.start();
        jsId = PeerId.parse(js.peerId()).orElseThrow();
        jsAddresses = js.addresses().stream().map(text -> Multiaddr.parse(text).orElseThrow()).toList();
    }

    @AfterAll
    static void stopJs() {
        js.close();
    }
}
