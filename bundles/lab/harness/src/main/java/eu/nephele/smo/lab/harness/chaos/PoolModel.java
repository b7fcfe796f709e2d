// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/** The pool as its clients were promised it. Thread-safe; each service is changed by one client, the file by one. */
final class PoolModel {

    /** Not more than the ports of a world. */
    private final Map<String, PromisedService> services = new ConcurrentSkipListMap<>();

    /** What is not known any more, as a finding has told. */
    private final Set<String> tainted = ConcurrentHashMap.newKeySet();

    private final ReadWriteLock file = new ReentrantReadWriteLock(true);

    PoolModel(List<PromisedService> services) {
        services.forEach(this::put);
    }

    /** Held shared for a change of one service, alone for a change of the file, which has the images of all. */
    ReadWriteLock file() {
        return file;
    }

    Collection<PromisedService> services() {
        return List.copyOf(services.values());
    }

    Optional<PromisedService> find(String name) {
        return Optional.ofNullable(services.get(name));
    }

    void put(PromisedService service) {
        services.put(service.name(), service);
    }

    void remove(String name) {
        services.remove(name);
    }

    void taint(String name) {
        tainted.add(name);
    }

    boolean isTainted(String name) {
        return tainted.contains(name);
    }

    /** @param servers lines of the servers in the file of the pool */
    String file(String servers) {
        return "servers:\n%sservices:\n%sautoscaler: {check_interval: 5}\n"
                .formatted(
                        servers, services().stream().map(PromisedService::entry).collect(Collectors.joining()));
    }
}
