// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.FileReport;
import eu.nephele.smo.pools.containers.compare.FileDiff;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.pool.PoolDocument.Replacement;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The configured pool: read from its file on request, changed by its callers, and shown to them. */
@Component(service = PoolFiles.class, configurationPid = PoolFileFormat.PID)
public final class PoolFiles {

    private static final int MOST_BYTES = 1 << 20;

    private final ResourceService resources;
    private final PoolFileFormat format;
    private final Optional<Path> path;
    private final ResourceRef pool;
    private final String project;
    private final Clock clock = Clock.systemUTC();
    private final ManualScaleWriter numbers = new ManualScaleWriter(this::note);

    @Activate
    public PoolFiles(
            @Reference ResourceService resources,
            @Reference PoolFileFormat format,
            BundleContext context,
            PoolConfig config) {
        this(
                resources,
                format,
                Optional.of(config.file()).filter(file -> !file.isBlank()).map(file -> Path.of(
                                Optional.ofNullable(context.getProperty("smo.data"))
                                        .orElse(""))
                        .resolve(file)),
                new ResourceRef(PoolKind.NAME, "", config.pool()),
                config.project());
    }

    public PoolFiles(
            ResourceService resources, PoolFileFormat format, Optional<Path> path, ResourceRef pool, String project) {
        this.resources = resources;
        this.format = format;
        this.path = path;
        this.pool = pool;
        this.project = project;
    }

    /** The file that is configured; empty when none is. */
    public Optional<Path> path() {
        return path;
    }

    /** The configured pool as a resource. */
    public ResourceRef ref() {
        return pool;
    }

    /** The project of the graphs of the configured pool. */
    public String project() {
        return project;
    }

    /** The running file; empty while there is none, or the caller may not see it. */
    public Optional<ContainersFile> running(CallContext call) {
        return resources.find(pool, call).map(this::file);
    }

    /**
     * Reads the file again and checks it, without a change.
     *
     * @param prune whether what the file does not name any more is to go
     * @throws SmoException {@code CONFLICT} when no file is configured; {@code UNAVAILABLE} when it cannot be read; {@code INVALID} when
     *     it does not go together with what runs and is not named in it any more
     */
    public CheckedReload check(boolean prune, CallContext call) {
        return check(text(), prune, call);
    }

    /**
     * Makes the pool what a file says. One with errors changes nothing.
     *
     * @throws SmoException {@code CONFLICT} when the pool was changed since it was checked; as {@link ResourceService#apply}
     */
    public void apply(CheckedReload reload, CallContext call) {
        reload.next().ifPresent(next -> apply(next, reload.present(), call));
    }

    /**
     * Reads the file, unless it is the text that was read last, and applies it: what was changed since by other ways, an image for
     * example, is not taken back because a server starts.
     *
     * @return empty when it is
     */
    Optional<CheckedReload> reloadIfChanged(CallContext call) {
        String text = text();
        boolean known = resources
                .find(pool, call)
                .map(resource -> PoolDocument.from(resource.desired()).source())
                .filter(digest(text)::equals)
                .isPresent();
        if (known) {
            return Optional.empty();
        }
        CheckedReload reload = check(text, false, call);
        apply(reload, call);
        return Optional.of(reload);
    }

    private CheckedReload check(String text, boolean prune, CallContext call) {
        FileReport report = format.texts().lint(text);
        if (report.file().isEmpty()) {
            return CheckedReload.refused(report.errors(), report.warnings());
        }
        Optional<Resource> present = resources.find(pool, call).filter(resource -> !resource.leaving());
        PoolDocument before = present.map(resource -> PoolDocument.from(resource.desired()))
                .orElseGet(() -> PoolDocument.empty(project));
        PoolDocument next = before.reloaded(format.texts().document(text), digest(text), prune);
        // what the file names and what is kept beside it have to go together
        ContainersFile whole = whole(next);
        Optional<FileDiff> diff = present.map(resource -> FileDiff.between(file(resource), whole));
        return CheckedReload.valid(report.warnings(), diff, next, present);
    }

    private ContainersFile whole(PoolDocument next) {
        try {
            return format.read(next.file());
        } catch (SmoException together) {
            throw SmoException.invalid(
                    "The file is valid, and does not go together with what runs and is not named in it any more; read it with prune, which removes that",
                    together.violations());
        }
    }

    private static String digest(String text) {
        return ReleaseState.digestOf(text, JsonObject.EMPTY);
    }

    /**
     * A change that has all containers of a service replaced, one after the other.
     *
     * @param pull whether the image is looked up anew, under the same reference
     * @param image from now on, until the file says otherwise; empty: as it is
     * @throws SmoException {@code NOT_FOUND} when there is no such service; {@code INVALID} when the image is none
     */
    public PlannedChange planReplacement(String service, boolean pull, Optional<String> image, CallContext call) {
        Resource present = withService(service, call);
        PoolDocument next = PoolDocument.from(present.desired())
                .replacing(
                        service,
                        new Replacement(UUID.randomUUID().toString(), pull),
                        image,
                        new PoolUpdates(present).unfinished(service),
                        clock.instant());
        return planned(present, next);
    }

    private PlannedChange planned(Resource present, PoolDocument next) {
        format.read(next.file());
        return new PlannedChange(present, next);
    }

    /**
     * Makes a planned change.
     *
     * @throws SmoException {@code CONFLICT} when the pool was changed since; as {@link ResourceService#apply}
     */
    public void apply(PlannedChange change, CallContext call) {
        apply(change.next(), Optional.of(change.present()), call);
    }

    /**
     * The number of replicas that a person asked for, as long as the core does not know it yet.
     *
     * @param service of the running file
     */
    public Optional<Integer> awaitedReplicas(String service, CallContext call) {
        return resources.find(pool, call).flatMap(resource -> Optional.ofNullable(
                        PoolDocument.from(resource.desired()).scaled().get(service))
                .filter(number -> !PoolStatus.from(resource.status().observed()).hasHeld(service, number))
                .map(ManualScale::replicas));
    }

    /** The number that a service was given last, if this very request gave it before: its answer was lost then. */
    public Optional<Integer> repeated(String service, CallContext call) {
        String request = ManualScale.request(call);
        if (request.isEmpty()) {
            return Optional.empty();
        }
        return resources
                .find(pool, call)
                .flatMap(resource -> Optional.ofNullable(
                        PoolDocument.from(resource.desired()).scaled().get(service)))
                .filter(number -> number.request().equals(request))
                .map(ManualScale::replicas);
    }

    /**
     * Has a service get another number of replicas, whatever its strategy says. To be called by one thread at a time for each service;
     * numbers of several services are noted together.
     *
     * @throws SmoException {@code NOT_FOUND} when there is no such service; as {@link ResourceService#apply}
     */
    public void scale(String service, int replicas, Instant now, CallContext call) {
        ManualScale number = new ManualScale(replicas, now, ManualScale.request(call));
        if (number.request().isEmpty()) {
            numbers.write(service, number);
        } else {
            // a repetition of it is known by its key, which is that of one write
            numbers.writeAlone(service, number, call);
        }
    }

    /** Returns the services whose numbers these are, without those that are removed meanwhile. */
    private Set<String> note(Map<String, ManualScale> next, CallContext call) {
        Resource present = resources
                .find(pool, call)
                .orElseThrow(() -> SmoException.notFound("There is no pool %s".formatted(pool.name())));
        PoolDocument document = PoolDocument.from(present.desired());
        Map<String, ManualScale> known = new HashMap<>(next);
        known.keySet().retainAll(document.services());
        if (!known.isEmpty()) {
            apply(document.scaling(known), Optional.of(present), call);
        }
        return known.keySet();
    }

    /**
     * A change that takes back an update that is under way: the image that ran before runs again, one container after the other.
     *
     * @throws SmoException {@code NOT_FOUND} when there is no such service; {@code CONFLICT} when no update of it is running
     */
    public PlannedAbort planAbort(String service, CallContext call) {
        Resource present = withService(service, call);
        ServiceUpdate update = new PoolUpdates(present).running(service);
        PoolDocument next = PoolDocument.from(present.desired()).aborting(service, update, clock.instant());
        return new PlannedAbort(planned(present, next), update.from());
    }

    /** A request that was accepted before changes nothing; its outcome is in the audit, whatever ended the server when it came first. */
    public void again(CallContext call) {
        resources
                .find(pool, call)
                .ifPresent(present -> resources.apply(
                        pool, new ResourceWish(present.desired(), present.labels(), OptionalLong.empty()), call));
    }

    /**
     * How far the last update of a service is; empty when it never had one.
     *
     * @param containers of the service
     */
    public Optional<JsonObject> update(String service, List<WorkloadContainer> containers, CallContext call) {
        return resources.find(pool, call).flatMap(found -> new PoolUpdates(found).told(service, containers));
    }

    private Resource withService(String service, CallContext call) {
        return resources
                .find(pool, call)
                .filter(resource -> file(resource).service(service).isPresent())
                .orElseThrow(() -> SmoException.notFound("There is no service " + service));
    }

    private void apply(PoolDocument next, Optional<Resource> present, CallContext call) {
        OptionalLong generation =
                present.map(resource -> OptionalLong.of(resource.generation())).orElse(OptionalLong.of(0));
        resources.apply(
                pool,
                new ResourceWish(next.toJson(), present.map(Resource::labels).orElse(Map.of()), generation),
                call);
    }

    private ContainersFile file(Resource resource) {
        return format.read(PoolDocument.from(resource.desired()).file());
    }

    private String text() {
        Path file = path.orElseThrow(
                () -> SmoException.conflict("No file is configured: set `file` of %s, or change the pool as a resource"
                        .formatted(PoolFileFormat.PID)));
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw SmoException.tooLarge("%s has more than %d bytes".formatted(file.getFileName(), MOST_BYTES));
            }
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "file",
                    "%s is no text in UTF-8".formatted(file.getFileName()),
                    Optional.empty());
        } catch (IOException unreadable) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "file",
                    "%s cannot be read: %s"
                            .formatted(file.getFileName(), unreadable.getClass().getSimpleName()),
                    Optional.empty());
        }
    }
}
