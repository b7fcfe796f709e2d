// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceDescription;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.scaling.BaseSelection;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.VersionRange;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Lists the registered services, and checks requested strategies against them. */
@Component(service = StrategyCatalog.class)
public final class InstalledCatalog implements StrategyCatalog {
    private static final String DEFAULT = "default";
    private static final int MOST_BASES = 4;

    private final StrategyRegistry registry;
    private final SettingsSource settings;
    private final AccessControl access;
    private final Authorizer authorizer;
    private final AtomicReference<SettingsSeen> seen;

    @Activate
    public InstalledCatalog(
            BundleContext context, @Reference StrategyRegistry registry, @Reference SettingsSource settings) {
        this(registry, settings, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    InstalledCatalog(StrategyRegistry registry, SettingsSource settings, AccessControl access) {
        this.registry = registry;
        this.settings = settings;
        this.access = access;
        this.authorizer = access.authorizer("The list of strategies");
        this.seen = new AtomicReference<>(new SettingsSeen(settings.get(), 0));
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    private record SettingsSeen(StrategySettings settings, long changes) {}

    @Override
    public List<InstalledStrategy> strategies() {
        return Stream.of(ServiceKind.PLACEMENT, ServiceKind.SCALING)
                .flatMap(kind -> registry.offers(kind).stream())
                .map(this::strategy)
                .toList();
    }

    private InstalledStrategy strategy(RegisteredService registeredService) {
        ServiceDescription description = registeredService.description();
        boolean preferred = registry.find(description.kind(), description.id(), Optional.empty())
                .filter(best -> best == registeredService)
                .isPresent();
        return new InstalledStrategy(
                registeredService.ref(),
                description.origin().bundle(),
                description.capabilities(),
                description.parameters().schema(),
                preferred);
    }

    @Override
    public List<InstalledObjective> objectives() {
        Map<String, ObjectiveWeight> weights = settings.get().objectives();
        return registry.offers(ServiceKind.OBJECTIVE).stream()
                .map(RegisteredService::description)
                .map(objective -> new InstalledObjective(
                        objective.id(),
                        objective.unit(),
                        objective.origin().bundle(),
                        objective.version().toString(),
                        Optional.ofNullable(weights.get(objective.id()))
                                .map(ObjectiveWeight::weight)
                                .orElse(0.0)))
                .toList();
    }

    /** One entry per name: that of the version that is called. */
    @Override
    public List<InstalledIntent> intents() {
        return registry.offers(ServiceKind.INTENT).stream()
                .filter(registeredService -> registry.find(
                                ServiceKind.INTENT,
                                registeredService.description().id(),
                                Optional.empty())
                        .filter(best -> best == registeredService)
                        .isPresent())
                .map(RegisteredService::description)
                .map(intent -> new InstalledIntent(
                        intent.id(), intent.origin().bundle(), intent.version().toString(), intent.schemas()))
                .toList();
    }

    @Override
    public List<Default> defaults(CallContext call) {
        return authorizer.list(call, each -> new ResourceRef(DEFAULT, "", each.key()), shown()::list);
    }

    @Override
    public Default defaultWith(String key, String value) {
        return shown().with(key, value);
    }

    private ConfiguredDefaults shown() {
        return new ConfiguredDefaults(settings.get(), (kind, selection) -> check(kind, selection, ""));
    }

    /** Default weights are part of the lists: a change of the configuration is a change. */
    @Override
    public long revision() {
        StrategySettings now = settings.get();
        long changes = seen.updateAndGet(
                        last -> last.settings().equals(now) ? last : new SettingsSeen(now, last.changes() + 1))
                .changes();
        return registry.revision() + changes;
    }

    @Override
    public List<Violation> check(String kind, StrategySelection selection, String pointer) {
        List<Violation> violations = new ArrayList<>();
        ServiceKind serviceKind = kind.equals(StrategyRef.SCALING) ? ServiceKind.SCALING : ServiceKind.PLACEMENT;
        selection.id().ifPresent(id -> checkStrategy(serviceKind, id, selection, pointer, violations));
        List<String> installed = ids(ServiceKind.OBJECTIVE);
        selection.objectives().orElse(Map.of()).keySet().stream()
                .filter(name -> !installed.contains(name))
                .forEach(name -> violations.add(new Violation(
                        JsonPointers.child(pointer + "/objectives", name),
                        "no objective '%s' is installed; installed are %s%s"
                                .formatted(name, installed, outOfUse(ServiceKind.OBJECTIVE, name)))));
        return violations;
    }

    private void checkStrategy(
            ServiceKind kind, String id, StrategySelection selection, String pointer, List<Violation> violations) {
        Optional<VersionRange> range;
        try {
            range = selection.versionRange().map(EffectiveSelection::range);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation(
                    pointer + "/version", "expected a version range such as \"[1.0,2.0)\": " + e.getMessage()));
            return;
        }
        Optional<RegisteredService> offer = registry.find(kind, id, range);
        if (offer.isPresent()) {
            ServiceDescription description = offer.get().description();
            violations.addAll(description
                    .parameters()
                    .bind(selection.parameters(), pointer + "/parameters")
                    .violations());
            if (description.wraps()) {
                checkBase(selection, pointer + "/parameters/" + ScalingWrapper.BASE, violations);
            }
        } else if (!selection.optional()) {
            violations.add(missing(kind, id, pointer));
        }
    }

    private void checkBase(StrategySelection wrapper, String pointer, List<Violation> violations) {
        if (pointer.split(ScalingWrapper.BASE, -1).length > MOST_BASES + 1) {
            violations.add(
                    new Violation(pointer, "more than %d strategies that build on each other".formatted(MOST_BASES)));
            return;
        }
        BaseSelection.named(wrapper.parameters()).ifPresent(base -> base.id()
                .ifPresent(id -> checkStrategy(ServiceKind.SCALING, id, base, pointer, violations)));
    }

    private Violation missing(ServiceKind kind, String id, String pointer) {
        List<String> versions = registry.versions(kind, id, Optional.empty()).stream()
                .map(registeredService ->
                        registeredService.description().version().toString())
                .toList();
        return versions.isEmpty()
                ? new Violation(
                        pointer + "/id",
                        "no %s strategy '%s' is installed; installed are %s%s"
                                .formatted(kind.word(), id, ids(kind), outOfUse(kind, id)))
                : new Violation(
                        pointer + "/version",
                        "no such version of %s is installed; installed are %s%s"
                                .formatted(id, versions, outOfUse(kind, id)));
    }

    /** Returns the services that are present but do not count as installed, with the reason; "" for none. */
    private String outOfUse(ServiceKind kind, String id) {
        String reasons = registry.unused(kind, id, Optional.empty()).stream()
                .map(RegisteredService::whoAndWhy)
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : "; not in use: " + reasons;
    }

    private List<String> ids(ServiceKind kind) {
        return registry.offers(kind).stream()
                .map(registeredService -> registeredService.description().id())
                .distinct()
                .toList();
    }
}
