// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.link.ResourceCache.WatchTarget;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.OwnershipLabels;
import eu.nephele.smo.adapters.karmada.read.WorkloadId;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Workloads of one API server, from the cache and from the server itself. */
public final class WorkloadCache implements AutoCloseable {

    private final ApiServerConnection connection;
    private final WorkloadReader reader;
    private final Consumer<String> onChange;
    private final ByRelease byRelease = new ByRelease();
    private final List<CachedWorkload> kept = new ArrayList<>();

    /** Workloads of one kind in one namespace, or everywhere: "". */
    private record CachedWorkload(
            WorkloadKind kind, String namespace, ResourceCache<?, ObservedWorkload> resourceCache) {

        boolean covers(WorkloadId id) {
            return kind == id.kind() && (namespace.isEmpty() || id.path().startsWith(namespace + "/"));
        }

        boolean isAllowed() {
            return resourceCache.failure().filter(why -> isRefused(kind, why)).isEmpty();
        }
    }

    /**
     * @param namespaces watched namespaces; none: all
     * @param onChange receives {@code namespace/name} of a changed object and of its release, "" when the cache is current again
     */
    public WorkloadCache(
            ApiServerConnection connection,
            WorkloadReader reader,
            List<String> namespaces,
            Consumer<String> onChange,
            ScheduledExecutorService scheduler,
            Duration resync) {
        this.connection = connection;
        this.reader = reader;
        this.onChange = onChange;
        for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
            WorkloadSource.ALL.forEach(source -> kept.add(new CachedWorkload(
                    source.kind(), namespace, cache(source, namespace, kept.size(), scheduler, resync))));
        }
    }

    private <T extends HasMetadata> ResourceCache<T, ObservedWorkload> cache(
            WorkloadSource<T> source,
            String namespace,
            int index,
            ScheduledExecutorService scheduler,
            Duration resync) {
        String name = source.kind().object() + "s";
        return new ResourceCache<>(
                connection,
                new WatchTarget<>(
                        namespace.isEmpty() ? name : name + " of namespace " + namespace,
                        client -> namespace.isEmpty()
                                ? source.all().apply(client).inAnyNamespace()
                                : source.all().apply(client).inNamespace(namespace)),
                object -> Optional.of(source.read().apply(reader, object)),
                (key, before, now) -> changed(kept.get(index), key, now),
                scheduler,
                resync);
    }

    private void changed(CachedWorkload of, String key, Optional<ObservedWorkload> now) {
        Set<String> told = new TreeSet<>(Set.of(key));
        if (key.isEmpty()) {
            byRelease.forget(id -> of.covers(id) && !of.resourceCache().kept().containsKey(id.path()));
        } else {
            told.addAll(byRelease.changed(of.kind(), key, now));
        }
        told.forEach(onChange);
    }

    public void start() {
        kept.forEach(it -> it.resourceCache().start());
    }

    /** Returns the caches of readable kinds, to check their freshness. */
    public Stream<ResourceCache<?, ObservedWorkload>> caches() {
        return kept.stream().filter(CachedWorkload::isAllowed).map(CachedWorkload::resourceCache);
    }

    /** Empty if the service has none. */
    public Optional<ObservedWorkload> last(WorkloadRef ref) {
        return named(ref.graph().project() + "/" + ref.service())
                .filter(seen -> seen.isOf(ref))
                .findFirst();
    }

    /** Returns all workloads of this name, whoever owns them. */
    public Stream<ObservedWorkload> named(String key) {
        return kept.stream()
                .flatMap(it -> Optional.ofNullable(it.resourceCache().kept().get(key)).stream());
    }

    /** Returns whether it exists among the readable objects, whoever owns it. */
    public boolean mayHave(WorkloadId id) {
        return kept.stream()
                .filter(it -> it.covers(id))
                .anyMatch(it -> !it.isAllowed() || it.resourceCache().kept().containsKey(id.path()));
    }

    /** Returns the judged siblings of a workload in its release, from the cache. */
    public List<ObservedWorkload> beside(ObservedWorkload workload) {
        return byRelease.find(workload.releasePath()).stream()
                .filter(other -> other.observedLabels().judged() && !other.isSame(workload))
                .toList();
    }

    /** From the server; empty if it does not exist, {@code CONFLICT} if a foreign workload has the name. */
    public Optional<ObservedWorkload> now(WorkloadRef ref) {
        Optional<ObservedWorkload> found = find(ref);
        found.filter(seen -> !seen.isOf(ref)).ifPresent(foreign -> {
            throw new AdapterException(
                    AdapterException.Kind.CONFLICT,
                    connection.system(),
                    "Run %s: the %s of that name belongs to something else; rename the service, or delete the object"
                            .formatted(ref, foreign.kind()));
        });
        return found;
    }

    /** Returns the workload with the name of a service as the server has it now, whoever owns it. */
    public Optional<ObservedWorkload> find(WorkloadRef ref) {
        return WorkloadSource.ALL.stream()
                .flatMap(source ->
                        ifAllowed(source.kind(), () -> now(source, ref.graph().project(), ref.service()).stream()))
                .findFirst();
    }

    public Optional<ObservedWorkload> refresh(ObservedWorkload seen) {
        return now(WorkloadSource.from(seen.what()), seen.namespace(), seen.name());
    }

    private <T extends HasMetadata> Optional<ObservedWorkload> now(
            WorkloadSource<T> source, String namespace, String name) {
        return connection.find(
                "Read the %s %s/%s".formatted(source.kind().object(), namespace, name),
                client -> Optional.ofNullable(source.all()
                                .apply(client)
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(object -> source.read().apply(reader, object)));
    }

    /** Reads the judged siblings of a workload in its release from the server. */
    public List<ObservedWorkload> besideNow(ObservedWorkload workload) {
        if (workload.observedLabels().release().isEmpty()) {
            return List.of();
        }
        List<ObservedWorkload> others = WorkloadSource.ALL.stream()
                .flatMap(source -> ifAllowed(source.kind(), () -> ofHelm(source, workload.namespace())))
                .filter(other -> other.observedLabels()
                        .release()
                        .equals(workload.observedLabels().release()))
                .filter(other -> other.observedLabels().judged() && !other.isSame(workload))
                .toList();
        others.forEach(this::learn);
        return others;
    }

    /** No watch has reported it yet: a change would be judged without it, or by a former object of its name. */
    private void learn(ObservedWorkload other) {
        boolean told = kept.stream()
                .filter(it -> it.covers(other.id()))
                .flatMap(it -> Optional.ofNullable(it.resourceCache().kept().get(other.path())).stream())
                .anyMatch(it -> it.uid().equals(other.uid()));
        if (!told) {
            byRelease.changed(other.what(), other.path(), Optional.of(other));
        }
    }

    private <T extends HasMetadata> Stream<ObservedWorkload> ofHelm(WorkloadSource<T> source, String namespace) {
        return connection
                .call(
                        "List the %ss of releases in %s".formatted(source.kind().object(), namespace),
                        client -> source.all()
                                .apply(client)
                                .inNamespace(namespace)
                                .withLabel(OwnershipLabels.MANAGED_BY, OwnershipLabels.HELM)
                                .list()
                                .getItems())
                .stream()
                .map(object -> source.read().apply(reader, object));
    }

    /** Returns the objects of the server; none of optional kinds that we may not read. */
    private static <R> Stream<R> ifAllowed(WorkloadKind kind, Supplier<Stream<R>> question) {
        try {
            return question.get();
        } catch (AdapterException e) {
            if (isRefused(kind, e)) {
                return Stream.empty();
            }
            throw e;
        }
    }

    /** The right to read DaemonSets and Jobs came later: without it they are ignored. */
    private static boolean isRefused(WorkloadKind kind, AdapterException why) {
        return !kind.isScaled() && why.kind() == AdapterException.Kind.REFUSED;
    }

    @Override
    public void close() {
        kept.forEach(it -> it.resourceCache().close());
    }
}
