// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ImageReference;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings revisions to servers, as spares. Pulling an image takes as long as it takes; nobody waits for it here. */
public final class Installer {

    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final Drafts drafts;
    private final OwnerFence fence;
    private final BiConsumer<DockerServer, WorkloadRef> onInstalled;

    /**
     * The last one of each workload on each server, until it is done; one that failed stays until the next request or
     * removal.
     */
    private final Map<ServerWorkload, RevisionInstall> installations = new ConcurrentHashMap<>();

    Installer(Drafts drafts, OwnerFence fence, BiConsumer<DockerServer, WorkloadRef> onInstalled) {
        this.drafts = drafts;
        this.fence = fence;
        this.onInstalled = onInstalled;
    }

    /** Begins it, unless the same is on its way. */
    public RevisionInstall ensure(DockerServer server, ContainerRecord wanted) {
        ServerWorkload place = new ServerWorkload(server.id(), wanted.workload());
        RevisionInstall fresh = new RevisionInstall(server, wanted);
        RevisionInstall kept = installations.compute(place, (any, present) -> {
            if (present != null
                    && present.isOn(server)
                    && !present.done().isDone()
                    && present.wanted().isSame(wanted)) {
                return present;
            }
            if (present != null) {
                present.done().cancel(false);
            }
            return fresh;
        });
        if (kept.equals(fresh)) {
            server.workLong(() -> run(server, fresh), () -> {
                fresh.lose();
                installations.remove(place, fresh);
            });
        }
        return kept;
    }

    /** A server is not configured any more: what was on its way there has failed, and is forgotten. */
    void gone(DockerServer server) {
        installations.values().removeIf(installation -> {
            boolean its = installation.isOn(server);
            if (its) {
                installation.lose();
            }
            return its;
        });
    }

    /** What is on its way, or failed. */
    public Optional<RevisionInstall> present(DockerServer server, WorkloadRef workload) {
        return Optional.ofNullable(installations.get(new ServerWorkload(server.id(), workload)))
                .filter(installation -> installation.isOn(server));
    }

    /** What is on its way there, or failed, is not wanted any more. */
    public void drop(DockerServer server, WorkloadRef workload) {
        Optional.ofNullable(installations.remove(new ServerWorkload(server.id(), workload)))
                .ifPresent(dropped -> dropped.done().cancel(false));
    }

    /** Nothing of it is made from now on. */
    public void cancel(WorkloadRef workload) {
        installations.entrySet().removeIf(entry -> {
            boolean its = entry.getKey().workload().equals(workload);
            if (its) {
                entry.getValue().done().cancel(false);
            }
            return its;
        });
    }

    private void run(DockerServer server, RevisionInstall installation) {
        ContainerRecord wanted = installation.wanted();
        try {
            install(server, installation);
            installation.done().complete(null);
            installations.remove(new ServerWorkload(server.id(), wanted.workload()), installation);
            onInstalled.accept(server, wanted.workload());
        } catch (AdapterException failed) {
            LOG.warn(
                    "installation failed server={} workload={} reason=\"{}\"",
                    server.settings().name(),
                    wanted.workload(),
                    failed.getMessage());
            installation.done().completeExceptionally(failed);
        } finally {
            // whatever else happened, nobody waits for ever
            installation
                    .done()
                    .completeExceptionally(server.failures()
                            .failure(Kind.UNAVAILABLE, "Install %s: interrupted".formatted(wanted.workload())));
        }
    }

    private void install(DockerServer server, RevisionInstall installation) {
        ContainerRecord wanted = installation.wanted();
        if (installation.done().isDone() || isThere(server.look(LOOK).containersOf(wanted.workload()), wanted)) {
            return;
        }
        ImageReference image = wanted.imageReference();
        if (Drafts.spec(wanted).pullAlways() || !server.engine().hasImage(image)) {
            fence.require();
            installation.tell("pulling the image");
            server.engine()
                    .pull(
                            image,
                            drafts.login(server.settings(), image),
                            installation::tell,
                            server.settings().pullWithin());
        }
        if (installation.done().isDone()) {
            return;
        }
        installation.tell("making the container");
        fence.require();
        server.engine().create(drafts.spare(server.settings(), wanted));
        LOG.info(
                "revision installed server={} workload={} revision={}",
                server.settings().name(),
                wanted.workload(),
                wanted.revision());
        server.look(LOOK);
    }

    /** Whether the newest revision there is the wanted one. */
    public static boolean isThere(List<EngineContainer> containers, ContainerRecord wanted) {
        return ServerFleet.newest(containers.stream()
                        .filter(container -> container
                                .record()
                                .filter(record -> record.owner().equals(wanted.owner()))
                                .isPresent())
                        .toList())
                .filter(wanted::isSame)
                .isPresent();
    }
}
