// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Clock;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps account of who does well, and takes out of use what does harm: too many faults, or a thread that cannot be got back. */
@Component(service = EjectionPolicy.class)
public final class EjectionPolicy {
    /** Faults of the moment or of the request, not of the code. */
    private static final Set<String> PARDONED = Set.of("incapable", "stuck", "starved", "missing", "ejected");

    private final StrategyRegistry registry;
    private final SettingsSource settings;
    private final Clock clock;

    @Activate
    public EjectionPolicy(@Reference StrategyRegistry registry, @Reference SettingsSource settings) {
        this(registry, settings, Clock.systemUTC());
    }

    public EjectionPolicy(StrategyRegistry registry, SettingsSource settings, Clock clock) {
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
    }

    void used(RegisteredService registeredService, int graphs) {
        registeredService.conduct().decided(clock.instant(), graphs);
    }

    void faulted(RegisteredService registeredService, StrategyFault fault) {
        if (!PARDONED.contains(fault.what())) {
            registeredService
                    .conduct()
                    .faulted(
                            fault,
                            clock.instant(),
                            System.nanoTime(),
                            settings.get().limits())
                    .ifPresent(why -> registry.ejectFaulty(registeredService, why));
        }
    }

    /** One call of it used up a shared resource: it is ejected at once. */
    void endangers(RegisteredService registeredService, String why) {
        registry.ejectDangerous(registeredService, why);
    }

    /** A thread ignores its interruption inside its code, for good as it seems. */
    void keepsAThread(RegisteredService registeredService) {
        registry.ejectDangerous(
                registeredService, "a call ignores its interruption; only a restart of the server ends its thread");
    }
}
