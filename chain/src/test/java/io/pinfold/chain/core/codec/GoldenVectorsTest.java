package io.pinfold.chain.core.codec;

import io.pinfold.multiformats.Bytes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page "The chain" of the protocol says what the code does, byte by byte. */
class GoldenVectorsTest {

    private final VectorPage page = new VectorPage("chain.md");

    @Test
    void encodingsAreThoseOfThePage() {
        GoldenVectors.all().forEach((name, value) -> assertThat(value).as(name).isEqualTo(page.get(name)));
    }

    @Test
    void vectorsOfThePageDecode() {
        assertThat(GenesisCodec.decode(bytes("genesis.bytes")).orElseThrow()).isEqualTo(GoldenVectors.GENESIS);
        assertThat(BlockCodec.decode(bytes("block2.bytes")).orElseThrow().block())
                .isEqualTo(GoldenVectors.BLOCK_2.block());
        assertThat(BlockCodec.decode(bytes("orphan.bytes")).orElseThrow().block())
                .isEqualTo(GoldenVectors.ORPHAN.block());
        assertThat(OpCodec.decode(bytes("op.trust.bytes")).orElseThrow()).isEqualTo(GoldenVectors.TRUST);
        assertThat(OpCodec.decode(bytes("op.config.bytes")).orElseThrow()).isEqualTo(GoldenVectors.CONFIG);
        assertThat(HeadCodec.decode(bytes("head.bytes")).orElseThrow()).isEqualTo(GoldenVectors.HEAD);
    }

    @Test
    void aSignatureIsOfTheMessageOfThePage() {
        assertThat(GoldenVectors.BLOCK_1.block()
                .author()
                .publicKey()
                .orElseThrow()
                .verifies(bytes("block1.message"), GoldenVectors.BLOCK_1.signature())).isTrue();
        assertThat(HeadCodec.isSigned(HeadCodec.decode(bytes("head.empty.bytes")).orElseThrow())).isTrue();
    }

    private Bytes bytes(String name) {
        return Bytes.fromHex(page.get(name));
    }
}
