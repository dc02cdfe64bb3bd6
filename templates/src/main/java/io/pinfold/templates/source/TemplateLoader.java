package io.pinfold.templates.source;

import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.templates.Template;
import io.pinfold.templates.json.TemplateJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches templates, within bounds of size and time, and reads them. */
public final class TemplateLoader {

    private final IpfsFetcher ipfs;
    private final WebFetcher web;

    /**
     * A loader that asks {@code node} for names and content of IPFS; it is not closed.
     *
     * @param timeout longest time for each of finding what a name means, and fetching
     */
    public TemplateLoader(IpfsNode node, Duration timeout) {
        this.ipfs = new IpfsFetcher(node, timeout);
        this.web = new WebFetcher(timeout);
    }

    /** The template at {@code source}. */
    public LoadResult load(TemplateSource source) {
        Fetched fetched = switch (source) {
            case TemplateSource.Name name -> ipfs.fetch(name);
            case TemplateSource.Content content -> ipfs.fetch(content);
            case TemplateSource.Web(var uri) -> web.fetch(uri);
            case TemplateSource.LocalFile(Path path) -> read(path);
        };
        return switch (fetched) {
            case Fetched.Nothing(Fault fault, String detail) -> new LoadResult.Failed(source, fault, detail);
            case Fetched.Content(Bytes bytes) -> switch (TemplateJson.read(bytes)) {
                case Decoded.Ok<Template>(Template template) -> new LoadResult.Loaded(template, bytes);
                case Decoded.Refused<Template>(Refusal refusal) ->
                    new LoadResult.Failed(source, Fault.NO_TEMPLATE, refusal.detail());
            };
        };
    }

    private static Fetched read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return BoundedRead.of(in);
        } catch (NoSuchFileException _) {
            return new Fetched.Nothing(Fault.FILE_UNREADABLE, "there is no such file");
        } catch (AccessDeniedException _) {
            return new Fetched.Nothing(Fault.FILE_UNREADABLE, "permission denied");
        } catch (IOException e) {
            return new Fetched.Nothing(Fault.FILE_UNREADABLE, "cannot be read: " + e.getMessage());
        }
    }
}
