// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.engine.ContainerDraft;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.adapters.docker.engine.RegistryLogin;
import eu.nephele.smo.adapters.docker.model.ContainerName;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Variable;
import eu.nephele.smo.adapters.docker.model.ImageReference;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import eu.nephele.smo.adapters.docker.server.ServerSettings.RegistryAccount;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Makes containers ready to be made: names, and secrets resolved at the last moment. */
final class Drafts {

    private final Surroundings surroundings;
    private final Clock clock;
    private final RandomGenerator random;

    Drafts(Surroundings surroundings, Clock clock, RandomGenerator random) {
        this.surroundings = surroundings;
        this.clock = clock;
        this.random = random;
    }

    /** @throws AdapterException {@code REFUSED} if labels were spoiled, or a secret is missing or not allowed there */
    ContainerDraft spare(ServerSettings server, ContainerRecord record) {
        return draft(server, record, fresh(record).spare());
    }

    /**
     * @param predecessor from which it takes over
     * @throws AdapterException as for a spare
     */
    ContainerDraft replica(ServerSettings server, ContainerRecord record, Optional<ContainerName> predecessor) {
        return draft(server, record, name(record, predecessor));
    }

    /** The name of a replica that takes over from another one, or has a place of its own. */
    ContainerName name(ContainerRecord record, Optional<ContainerName> predecessor) {
        return predecessor.map(this::successor).orElseGet(() -> fresh(record));
    }

    ContainerName successor(ContainerName predecessor) {
        return predecessor.successor(clock.instant());
    }

    private ContainerName fresh(ContainerRecord record) {
        return ContainerName.fresh(record.workload().service(), clock.instant(), random);
    }

    private ContainerDraft draft(ServerSettings server, ContainerRecord record, ContainerName name) {
        ContainerSpec spec = spec(record);
        List<String> environment = new TreeMap<>(spec.environment())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + value(server, record, entry.getKey(), entry.getValue()))
                        .toList();
        return new ContainerDraft(name, record, spec, environment, server.network());
    }

    static ContainerSpec spec(ContainerRecord record) {
        try {
            return record.spec();
        } catch (IllegalArgumentException invalid) {
            throw refused(record, String.valueOf(invalid.getMessage()), invalid);
        }
    }

    private String value(ServerSettings server, ContainerRecord record, String name, Variable variable) {
        if (!variable.secret()) {
            return variable.text();
        }
        server.refusesSecret(name, variable).ifPresent(why -> {
            throw refused(record, why, new IllegalStateException("not allowed on " + server.name()));
        });
        return surroundings
                .secret(variable.text())
                .orElseThrow(() -> refused(
                        record,
                        "environment.%s: there is no secret %s".formatted(name, variable.text()),
                        new IllegalStateException("no secret")));
    }

    /** The credentials for the registry of an image; empty where none are configured. */
    Optional<RegistryLogin> login(ServerSettings server, ImageReference image) {
        String registry = image.registry();
        return Optional.ofNullable(server.registries().get(registry)).map(account -> login(server, registry, account));
    }

    private RegistryLogin login(ServerSettings server, String registry, RegistryAccount account) {
        return surroundings
                .secret(account.password())
                .map(password -> new RegistryLogin(registry, account.user(), password))
                .orElseThrow(() -> new AdapterException(
                        Kind.REFUSED,
                        EngineFailures.SYSTEM,
                        "Log in at %s for server %s: there is no secret %s"
                                .formatted(registry, server.name(), account.password())));
    }

    private static AdapterException refused(ContainerRecord record, String why, RuntimeException cause) {
        return new AdapterException(
                Kind.REFUSED, EngineFailures.SYSTEM, "Run %s: %s".formatted(record.workload(), why), cause);
    }
}
