package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.ipns.RecordSource;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.car.CarReader;
import java.io.BufferedInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A gateway that gives blocks, CARs and IPNS records which we check ourselves.
 *
 * @see <a href="https://specs.ipfs.tech/http-gateways/trustless-gateway/">the specification</a>
 */
public final class TrustlessGateway implements RecordSource {

    private static final String RAW = "application/vnd.ipld.raw";
    private static final String CAR = "application/vnd.ipld.car";
    private static final int BUFFER = 64 << 10;

    private final WebPlace place;
    private final WebClient client;

    /** The gateway at {@code place}, asked by {@code client}, which knows it and is closed by others. */
    public TrustlessGateway(WebPlace place, WebClient client) {
        this.place = place;
        this.client = client;
    }

    @Override
    public String title() {
        return place.toString();
    }

    /** The block {@code cid}, its hash compared, within {@code total}. */
    WebResult<Block> block(Cid cid, Duration total) {
        return client.send(WebRequest.get(place.at("/ipfs/" + cid + "?format=raw"), RAW, total), body -> {
            Block block = new Block(cid, body.all(Block.MAX_SIZE));
            if (!block.isGenuine()) {
                throw new WebBody.BadAnswerException("another block than " + cid);
            }
            return block;
        });
    }

    /**
     * Has the graph below {@code root} sent in one stream and hands its blocks to {@code taker}, hashes compared, until that
     * says no; gives how many it took. The connection's thread is the taker's.
     *
     * @param silence longest time between two blocks
     */
    WebResult<Long> graph(Cid root, Duration total, Duration silence, Predicate<Block> taker) {
        WebRequest request = WebRequest.stream(place.at("/ipfs/" + root + "?format=car&dag-scope=all"),
                CAR + ";version=1;order=dfs;dups=n", total, silence);
        return client.send(request, body -> {
            CarReader car = sound(CarReader.open(new BufferedInputStream(body.stream(), BUFFER)));
            long count = 0;
            for (Optional<Block> next = sound(car.next()); next.isPresent(); next = sound(car.next())) {
                body.gotOn().run();
                if (!taker.test(next.get())) {
                    break;
                }
                body.gotOn().run();
                count++;
            }
            return count;
        });
    }

    private static <T> T sound(Decoded<T> decoded) throws WebBody.BadAnswerException {
        return switch (decoded) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Refused<T>(Refusal refusal) -> throw new WebBody.BadAnswerException("its CAR: " + refusal);
        };
    }

    @Override
    public Optional<Bytes> latest(IpnsName name, Duration timeout) {
        return Records.read(client, place.at("/ipns/" + name + "?format=ipns-record"), timeout);
    }

    /** Reading IPNS records, which gateways and routers give alike. */
    static final class Records {

        static final String TYPE = "application/vnd.ipfs.ipns-record";

        private Records() {}

        static Optional<Bytes> read(WebClient client, URI uri, Duration timeout) {
            return client.send(WebRequest.get(uri, TYPE, timeout),
                    body -> body.all(IpnsRecord.MAX_BYTES)) instanceof WebResult.Got<Bytes>(Bytes record)
                            ? Optional.of(record)
                            : Optional.empty();
        }
    }
}
