// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.plugins.admission.PluginFile.BundleEntry;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;

/**
 * Whether a plugin provides only what its signer may. Judged from what decides about services: declared components,
 * code that runs at the start, imports by which a bundle reaches the framework; never from what it says of itself.
 */
public final class ScopeRule {

    private static final String RULE = "scope";
    private static final Set<String> SERVICES = Set.of(
            PlacementStrategy.class.getName(),
            PlacementObjective.class.getName(),
            ScalingStrategy.class.getName(),
            DemandForecaster.class.getName(),
            IntentHandler.class.getName());
    private static final Set<String> KINDS = Set.of("placement", "objective", "scaling", "forecaster", "intent");
    /** Packages without anything that acts: no framework, no ports, no services of the core. */
    private static final Pattern PACKAGES = Pattern.compile(
            "(java|javax|jdk|org\\.w3c|org\\.xml|org\\.slf4j|org\\.jspecify|org\\.osgi\\.annotation)(\\..*)?"
                    + "|org\\.osgi\\.service\\.(component|metatype)\\.annotations"
                    + "|eu\\.nephele\\.smo\\.api\\.(model|placement|scaling|intent|time)");

    private static final Pattern CLAUSE = Pattern.compile("(\"[^\"]*\"|[^,\"])+");

    private ScopeRule() {}

    static AdmissionFinding check(PluginFile file, Policy policy, boolean replacesProduct) {
        SignerScope scope = file.signature().scope();
        Optional<String> wrong = replacesProduct
                ? Optional.of("replaces a bundle of the product").filter(it -> scope != SignerScope.ANYTHING)
                : Optional.of(scope).filter(it -> it == SignerScope.STRATEGIES).flatMap(it -> beyondStrategies(file));
        return wrong.map(it -> new AdmissionFinding(
                        RULE,
                        policy == Policy.REQUIRE ? FindingVerdict.REFUSED : FindingVerdict.WARNED,
                        "%s; its signer %s may bring %s only"
                                .formatted(it, file.signature().signer().orElse(""), word(scope))))
                .orElseGet(() -> new AdmissionFinding(
                        RULE, FindingVerdict.PASSED, "brings what its signer may bring (%s)".formatted(word(scope))));
    }

    /**
     * The same with services that are registered now.
     *
     * @throws AdmissionException naming a service that the signer may not provide
     */
    public static void checkStarted(PluginFile file, Policy policy, List<OfferedService> services)
            throws AdmissionException {
        if (policy != Policy.REQUIRE || file.signature().scope() != SignerScope.STRATEGIES) {
            return;
        }
        for (OfferedService service : services) {
            if (!KINDS.contains(service.kind())) {
                throw new AdmissionException(
                        RULE,
                        "provides the service %s when it runs; its signer %s may bring strategies only"
                                .formatted(
                                        service.kind(),
                                        file.signature().signer().orElse("")));
            }
        }
    }

    private static String word(SignerScope scope) {
        return switch (scope) {
            case STRATEGIES -> "strategies";
            case ADAPTERS -> "strategies and adapters";
            case ANYTHING -> "anything";
        };
    }

    private static Optional<String> beyondStrategies(PluginFile file) {
        return file.parts().stream()
                .flatMap(part -> beyondStrategies(part).stream()
                        .map(wrong -> file.parts().size() == 1 ? wrong : part.symbolicName() + " " + wrong))
                .findFirst()
                .or(() -> file.configurations().isEmpty()
                        ? Optional.empty()
                        : Optional.of("configures "
                                + String.join(", ", file.configurations().keySet())));
    }

    private static Optional<String> beyondStrategies(BundleEntry part) {
        if (!part.header(Constants.BUNDLE_ACTIVATOR).isEmpty()) {
            return Optional.of("has a Bundle-Activator, which can register any service");
        }
        if (!part.header(Constants.DYNAMICIMPORT_PACKAGE).isEmpty()) {
            return Optional.of("has DynamicImport-Package, which can reach the framework");
        }
        if (!part.header(Constants.REQUIRE_BUNDLE).isEmpty()) {
            return Optional.of("has Require-Bundle, which can reach the framework");
        }
        Optional<String> imported = imports(part).stream()
                .filter(name -> !PACKAGES.matcher(name).matches())
                .findFirst()
                .map(name -> "imports %s, which strategies do not need".formatted(name));
        if (imported.isPresent()) {
            return imported;
        }
        if (!part.components().unreadable().isEmpty()) {
            return Optional.of("has component descriptions that cannot be read: "
                    + String.join(", ", part.components().unreadable()));
        }
        return part.components().interfaces().stream()
                .filter(type -> !SERVICES.contains(type))
                .sorted()
                .findFirst()
                .map(type -> "provides the service " + type);
    }

    private static List<String> imports(BundleEntry part) {
        List<String> names = new ArrayList<>();
        CLAUSE.matcher(part.header(Constants.IMPORT_PACKAGE))
                .results()
                .map(MatchResult::group)
                .forEach(clause -> {
                    for (String piece : clause.split(";", -1)) {
                        String name = piece.strip();
                        if (!name.isEmpty() && !name.contains("=")) {
                            names.add(name);
                        }
                    }
                });
        return names;
    }
}
