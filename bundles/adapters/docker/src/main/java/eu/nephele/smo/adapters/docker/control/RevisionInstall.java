// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** A revision on its way to one server: its image is pulled, then its spare is made. */
public final class RevisionInstall {

    private final DockerServer server;
    private final ContainerRecord wanted;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile String progress = "waits for its turn";

    RevisionInstall(DockerServer server, ContainerRecord wanted) {
        this.server = server;
        this.wanted = wanted;
    }

    public ContainerRecord wanted() {
        return wanted;
    }

    /** Whether it goes to this one, not to a former one of its name. */
    boolean isOn(DockerServer other) {
        return server.equals(other);
    }

    /** Its server is not configured any more. */
    void lose() {
        done.completeExceptionally(server.failures()
                .failure(
                        Kind.UNAVAILABLE,
                        "Install %s: server %s is not configured any more"
                                .formatted(wanted.workload(), server.settings().name())));
    }

    public CompletableFuture<Void> done() {
        return done;
    }

    /** For people. */
    public String progress() {
        return progress;
    }

    void tell(String text) {
        progress = text;
    }

    /** Why it failed; empty while it has not. */
    public Optional<AdapterException> failure() {
        if (!done.isCompletedExceptionally()) {
            return Optional.empty();
        }
        try {
            done.join();
            return Optional.empty();
        } catch (CancellationException away) {
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.ofNullable(failed.getCause())
                    .filter(AdapterException.class::isInstance)
                    .map(AdapterException.class::cast);
        }
    }
}
