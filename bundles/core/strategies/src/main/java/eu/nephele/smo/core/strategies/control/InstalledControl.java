// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.registry.Origin;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.StrategyHealth;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Shows the state of the registry, and lets operators eject and reinstate strategies. */
@Component(service = StrategyControl.class)
public final class InstalledControl implements StrategyControl {
    private static final String SYSTEM = "smo";

    private final StrategyRegistry registry;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public InstalledControl(BundleContext context, @Reference StrategyRegistry registry) {
        this(registry, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public InstalledControl(StrategyRegistry registry, AccessControl access) {
        this.registry = registry;
        this.access = access;
        this.authorizer = access.authorizer("The strategy control");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public List<StrategyStatus> standings(CallContext call) {
        return authorizer.list(call, strategyStatus -> target(strategyStatus.ref()), this::standings);
    }

    private List<StrategyStatus> standings() {
        return registry.all().stream().map(InstalledControl::standing).toList();
    }

    @Override
    public StrategyStatus eject(StrategyRef ref, String why, CallContext call) {
        return authorizer.change(call, Verb.OPERATE, target(ref), "eject", () -> eject(ref, why));
    }

    private StrategyStatus eject(StrategyRef ref, String why) {
        List<RegisteredService> offers = known(ref);
        offers.forEach(registeredService -> registry.eject(registeredService, why.isBlank() ? "by an operator" : why));
        return standing(offers.get(0));
    }

    @Override
    public StrategyStatus letIn(StrategyRef ref, CallContext call) {
        return authorizer.change(call, Verb.OPERATE, target(ref), "let-in", () -> letIn(ref));
    }

    private StrategyStatus letIn(StrategyRef ref) {
        List<RegisteredService> offers = known(ref);
        int abandoned =
                offers.stream().mapToInt(RegisteredService::abandonedCalls).sum();
        if (abandoned > 0) {
            throw SmoException.of(
                    SmoException.Kind.CONFLICT,
                    SYSTEM,
                    "%d threads ignore their interruption inside %s %s; install another version, or restart the server"
                            .formatted(abandoned, ref.id(), ref.version()),
                    Optional.empty());
        }
        offers.forEach(registry::letIn);
        return standing(offers.get(0));
    }

    private static ResourceRef target(StrategyRef ref) {
        return new ResourceRef("strategy", "", "%s/%s/%s".formatted(ref.kind(), ref.id(), ref.version()));
    }

    private List<RegisteredService> known(StrategyRef ref) {
        List<RegisteredService> offers = registry.all(ref);
        if (offers.isEmpty()) {
            throw SmoException.of(
                    SmoException.Kind.NOT_FOUND,
                    SYSTEM,
                    "No %s '%s' of version %s is installed".formatted(ref.kind(), ref.id(), ref.version()),
                    Optional.empty());
        }
        return offers;
    }

    private static StrategyStatus standing(RegisteredService registeredService) {
        StrategyHealth strategyHealth = registeredService.conduct();
        Origin origin = registeredService.description().origin();
        return new StrategyStatus(
                registeredService.ref(),
                origin.bundle(),
                origin.version().toString(),
                registeredService.state(),
                registeredService.why(),
                registeredService.since(),
                strategyHealth.calls(),
                strategyHealth.decisions(),
                strategyHealth.faults(),
                strategyHealth.latest(),
                strategyHealth.lastDecisionAt(),
                registeredService.abandonedCalls());
    }
}
