// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/**
 * Checks the requirements of a bundle: of our packages only the contract for partners, with a version range; of all others what
 * is present now.
 */
public final class ImportRule {

    private static final String RULE = "imports";
    private static final String OURS = "eu.nephele.smo.";
    private static final String API = "eu.nephele.smo.api.";

    private final Bundle[] installed;
    private final Predicate<Bundle> giving;

    /** @param giving those that may give something to others */
    public ImportRule(Bundle[] installed, Predicate<Bundle> giving) {
        this.installed = installed.clone();
        this.giving = giving;
    }

    /**
     * Looks at bundles that are installed and not resolved.
     *
     * @param ofProduct whether they stand in for bundles of ours, which may use more than the contract for partners
     * @throws AdmissionException naming everything that is missing or not allowed
     */
    public List<AdmissionFinding> check(Collection<Bundle> bundles, boolean ofProduct) throws AdmissionException {
        List<AdmissionFinding> wrong = new ArrayList<>();
        for (Bundle bundle : bundles) {
            for (BundleRequirement requirement : requirements(bundle)) {
                (ofProduct ? Optional.<String>empty() : forbidden(requirement).or(() -> reaching(requirement)))
                        .or(() -> missing(requirement, bundles))
                        .ifPresent(detail -> wrong.add(new AdmissionFinding(RULE, FindingVerdict.REFUSED, detail)));
            }
        }
        return FileRules.decided(
                wrong.isEmpty()
                        ? List.of(
                                new AdmissionFinding(RULE, FindingVerdict.PASSED, "all its requirements are satisfied"))
                        : wrong);
    }

    public static List<String> imports(Bundle bundle) {
        return requirements(bundle).stream()
                .filter(ImportRule::isPackage)
                .map(requirement -> (packageName(requirement) + " " + range(requirement)).strip())
                .toList();
    }

    private static List<BundleRequirement> requirements(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null ? List.of() : revision.getDeclaredRequirements(null);
    }

    private static Optional<String> forbidden(BundleRequirement requirement) {
        if (!isPackage(requirement)) {
            return Optional.empty();
        }
        String name = packageName(requirement);
        if (!name.startsWith(OURS)) {
            return Optional.empty();
        }
        if (!name.startsWith(API)) {
            return Optional.of(
                    "imports %s, which is internal to this server; a plugin uses %s* only".formatted(name, API));
        }
        return filter(requirement).contains(Constants.VERSION_ATTRIBUTE)
                ? Optional.empty()
                : Optional.of(
                        "imports %s without a version range; let bnd write the manifest, against the api that it is for"
                                .formatted(name));
    }

    /**
     * Returns the reached package; a requirement can be written in many ways, so the match is the one that the framework would
     * wire.
     */
    private Optional<String> reaching(BundleRequirement requirement) {
        return Arrays.stream(installed)
                .filter(giving)
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream())
                .flatMap(revision -> revision.getDeclaredCapabilities(requirement.getNamespace()).stream())
                .filter(InternalPackages::include)
                .filter(requirement::matches)
                .findFirst()
                .map(internal -> "asks with %s %s for %s, which is internal to this server; a plugin uses %s* only"
                        .formatted(
                                requirement.getNamespace(),
                                filter(requirement),
                                internal.getAttributes().get(internal.getNamespace()),
                                API));
    }

    private Optional<String> missing(BundleRequirement requirement, Collection<Bundle> siblings) {
        boolean needed = !Namespace.RESOLUTION_OPTIONAL.equals(
                        requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
                && Namespace.EFFECTIVE_RESOLVE.equals(requirement
                        .getDirectives()
                        .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE));
        if (!needed) {
            return Optional.empty();
        }
        List<BundleCapability> offered = Arrays.stream(installed)
                .filter(bundle -> siblings.contains(bundle) || giving.test(bundle))
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream())
                .flatMap(revision -> revision.getDeclaredCapabilities(requirement.getNamespace()).stream())
                .toList();
        return offered.stream().anyMatch(requirement::matches)
                ? Optional.empty()
                : Optional.of(absence(requirement, offered));
    }

    private static String absence(BundleRequirement requirement, List<BundleCapability> offered) {
        if (!isPackage(requirement)) {
            return "needs %s %s, which no bundle provides".formatted(requirement.getNamespace(), filter(requirement));
        }
        String name = packageName(requirement);
        String versions = offered.stream()
                .filter(capability -> name.equals(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(capability -> String.valueOf(capability.getAttributes().get(Constants.VERSION_ATTRIBUTE)))
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        return versions.isEmpty()
                ? "needs the package %s, which no bundle here exports; put the library into the plugin".formatted(name)
                : "needs the package %s %s, this server has %s; build it against that version"
                        .formatted(name, range(requirement), versions);
    }

    private static boolean isPackage(BundleRequirement requirement) {
        return requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE);
    }

    private static String filter(BundleRequirement requirement) {
        return requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
    }

    private static String packageName(BundleRequirement requirement) {
        return between(filter(requirement), PackageNamespace.PACKAGE_NAMESPACE + "=", ")");
    }

    private static String range(BundleRequirement requirement) {
        String filter = filter(requirement);
        String low = between(filter, "(version>=", ")");
        int not = filter.indexOf("(!(version");
        if (not < 0) {
            return low;
        }
        String high = filter.substring(not + "(!(version".length());
        return "[%s,%s%s".formatted(low, between(high, "=", ")"), high.startsWith(">=") ? ")" : "]");
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before);
        if (from < 0) {
            return "";
        }
        int start = from + before.length();
        int end = text.indexOf(after, start);
        return end < 0 ? "" : text.substring(start, end);
    }
}
