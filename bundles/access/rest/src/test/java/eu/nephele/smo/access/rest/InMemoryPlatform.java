// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.audit.AuditService;
import eu.nephele.smo.core.contract.decision.DefaultsControl;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.fleet.FleetService;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.SessionService;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.runtime.DiagnosisService;
import eu.nephele.smo.core.contract.runtime.Profiler;
import eu.nephele.smo.core.contract.runtime.RuntimeReport;
import eu.nephele.smo.core.contract.runtime.RuntimeService;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import eu.nephele.smo.core.contract.shadow.SensitivityService;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import eu.nephele.smo.core.contract.store.MapIdentityStore;
import eu.nephele.smo.core.contract.trace.RecordedTraces;
import eu.nephele.smo.core.identity.IdentityModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rooms of the plugin platform, which may be away. */
final class InMemoryPlatform extends PlatformServices implements AutoCloseable {

    /** Folder of uploads. */
    final Path arrivals;

    final InMemoryPlugins plugins;
    final InMemorySigners signers = new InMemorySigners();
    final InMemoryControl control = new InMemoryControl();
    final InMemoryTrials trials = new InMemoryTrials();
    final InMemoryFleet fleet = new InMemoryFleet();
    final InMemoryAudit audit = new InMemoryAudit();
    final InMemoryBackups backups = new InMemoryBackups();
    final IdentityModule identities =
            IdentityModule.withCheapPasswords(new MapIdentityStore(), AccessControl.unrestricted(), Clock.systemUTC());

    volatile RuntimeReport report = RuntimeApiTest.REPORT;

    volatile Profiler profiler = (duration, givenUp, call) -> {
        throw SmoException.conflict("A profile is being recorded already");
    };

    volatile DiagnosisService diagnosis = (recording, givenUp, call) -> {
        throw SmoException.conflict("Another diagnosis is under way");
    };

    volatile Optional<Ownership> ownership = Optional.empty();

    volatile RecordedTraces traces = traceId -> Optional.empty();

    volatile boolean away;

    InMemoryPlatform(InMemoryOperations operations) {
        this.plugins = new InMemoryPlugins(operations);
        try {
            this.arrivals = Files.createTempDirectory("arrivals");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Files left in it. */
    List<Path> left() {
        try (Stream<Path> files = Files.list(arrivals)) {
            return files.toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Optional<PluginService> pluginsNow() {
        return now(plugins);
    }

    Optional<StrategyControl> controlNow() {
        return now(control);
    }

    Optional<ShadowService> shadowsNow() {
        return now(trials);
    }

    Optional<ReplayService> replaysNow() {
        return now(trials.replays);
    }

    Optional<SensitivityService> sensitivityNow() {
        return now(trials.sensitivity);
    }

    /** Takes any value but "wrong" for the one key that there is. */
    Optional<DefaultsControl> defaultsNow() {
        return now((key, value, origin) -> {
            if (!key.equals("initialPlacement")) {
                throw SmoException.notFound("There is no default '%s' to be set".formatted(key));
            }
            if (value.equals("wrong")) {
                throw SmoException.invalid(
                        "It would have no effect.", List.of(new Violation("/value", "not installed")));
            }
            return new StrategyCatalog.Default(key, value, true, "");
        });
    }

    @Override
    Optional<RecordedTraces> tracesNow() {
        return now(traces);
    }

    @Override
    Optional<RuntimeService> runtimeNow() {
        return now(call -> report);
    }

    @Override
    Optional<Profiler> profilerNow() {
        return now(profiler);
    }

    @Override
    Optional<DiagnosisService> diagnosisNow() {
        return now(diagnosis);
    }

    @Override
    Optional<Ownership> ownershipNow() {
        return ownership;
    }

    PluginService plugins() {
        return DynamicServiceProxy.create(PluginService.class, "installation of plugins", this::pluginsNow);
    }

    StrategyControl control() {
        return DynamicServiceProxy.create(StrategyControl.class, "control of strategies", this::controlNow);
    }

    ShadowService shadows() {
        return DynamicServiceProxy.create(ShadowService.class, "shadow service", this::shadowsNow);
    }

    ReplayService replays() {
        return DynamicServiceProxy.create(ReplayService.class, "replay service", this::replaysNow);
    }

    SensitivityService sensitivity() {
        return DynamicServiceProxy.create(SensitivityService.class, "sensitivity service", this::sensitivityNow);
    }

    AuditService auditService() {
        return DynamicServiceProxy.create(AuditService.class, "audit", () -> now(audit));
    }

    IdentityService identities() {
        return DynamicServiceProxy.create(
                IdentityService.class, "identity service", () -> now(identities.identities()));
    }

    SessionService sessions() {
        return DynamicServiceProxy.create(SessionService.class, "session service", () -> now(identities.sessions()));
    }

    FleetService fleetService() {
        return DynamicServiceProxy.create(FleetService.class, "fleet service", () -> now(fleet));
    }

    DefaultsControl defaults() {
        return DynamicServiceProxy.create(DefaultsControl.class, "service for defaults", this::defaultsNow);
    }

    @Override
    public void close() {
        try {
            for (Path file : left()) {
                Files.delete(file);
            }
            Files.delete(arrivals);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private <T> Optional<T> now(T service) {
        return away ? Optional.empty() : Optional.of(service);
    }
}
