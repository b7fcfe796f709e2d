// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Clock;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps account of who does well, and takes out of use what does harm: too many faults, or a thread that cannot be got back. */
@Component(service = Referee.class)
public final class Referee {
    /** Faults of the moment or of the wish, not of the code. */
    private static final Set<String> PARDONED = Set.of("incapable", "stuck", "starved", "missing", "ejected");

    private final StrategyRegistry registry;
    private final SettingsSource settings;
    private final Clock clock;

    @Activate
    public Referee(@Reference StrategyRegistry registry, @Reference SettingsSource settings) {
        this(registry, settings, Clock.systemUTC());
    }

    public Referee(StrategyRegistry registry, SettingsSource settings, Clock clock) {
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
    }

    /** Its answer was used, for so many graphs. */
    void used(Offer offer, int graphs) {
        offer.conduct().decided(clock.instant(), graphs);
    }

    /** A live call went wrong. */
    void faulted(Offer offer, StrategyFault fault) {
        if (!PARDONED.contains(fault.what())) {
            offer.conduct()
                    .faulted(
                            fault,
                            clock.instant(),
                            System.nanoTime(),
                            settings.get().limits())
                    .ifPresent(why -> registry.ejectFaulty(offer, why));
        }
    }

    /** One call of it took what everybody needs: it goes at once. */
    void endangers(Offer offer, String why) {
        registry.ejectDangerous(offer, why);
    }

    /** A thread ignores its interruption inside its code, for good as it seems. */
    void keepsAThread(Offer offer) {
        registry.ejectDangerous(offer, "a call ignores its interruption; only a restart of the server ends its thread");
    }
}
