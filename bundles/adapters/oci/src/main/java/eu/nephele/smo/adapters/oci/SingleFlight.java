// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Lets one of several callers fetch a content while the others wait for it. They share its result, also a failure, but
 * not its cancellation: then the next caller fetches it.
 */
final class SingleFlight {

    private final BooleanSupplier givenUp;
    private final Map<FetchedContent, CompletableFuture<Optional<Path>>> running = new ConcurrentHashMap<>();

    SingleFlight(BooleanSupplier givenUp) {
        this.givenUp = givenUp;
    }

    /** Identity of fetched content. Another repository is another content, because its readers may differ. */
    record FetchedContent(String registry, String repository, Digest digest, String suffix) {

        static FetchedContent create(ArtifactReference of, Digest digest, String suffix) {
            return new FetchedContent(of.registry(), of.repository(), digest, suffix);
        }
    }

    interface Fetch {
        Path fetch() throws IOException;
    }

    Path get(FetchedContent content, Fetch fetch) throws IOException {
        while (true) {
            CompletableFuture<Optional<Path>> mine = new CompletableFuture<>();
            CompletableFuture<Optional<Path>> theirs = running.putIfAbsent(content, mine);
            if (theirs == null) {
                return get(content, fetch, mine);
            }
            Optional<Path> file = await(theirs);
            if (file.isPresent()) {
                return file.get();
            }
        }
    }

    /** @param told the file; empty if this thread was cancelled, which does not affect the others */
    private Path get(FetchedContent content, Fetch fetch, CompletableFuture<Optional<Path>> told) throws IOException {
        try {
            Path file = fetch.fetch();
            running.remove(content, told);
            told.complete(Optional.of(file));
            return file;
        } catch (IOException | RuntimeException | Error failed) {
            running.remove(content, told);
            if (givenUp.getAsBoolean()) {
                told.complete(Optional.empty());
            } else {
                told.completeExceptionally(failed);
            }
            throw failed;
        }
    }

    private static Optional<Path> await(CompletableFuture<Optional<Path>> theirs) throws IOException {
        try {
            return theirs.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted while another caller fetched it").initCause(interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AdapterException known) {
                throw known;
            }
            throw new IOException(failed.getCause());
        }
    }
}
