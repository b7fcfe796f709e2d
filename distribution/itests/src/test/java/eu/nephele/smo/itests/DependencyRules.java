// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may import and export what. Each rule is one sentence; a violation names the room and the package. */
final class DependencyRules {

    private static final String OURS = "eu.nephele.smo.";
    private static final String API = OURS + "api.";
    private static final String CONTRACT = OURS + "core.contract";
    /** What resources of the product read requests and write answers with. */
    private static final String HTTP = OURS + "access.http";

    /** What the placement strategies of the product search with. */
    private static final String SOLVER = OURS + "placement.solver";

    /** What learns profiles, for the bundle that stores them. */
    private static final String PROFILER = OURS + "scaling.profiler";

    private static final Set<String> EXPORTING = Set.of(
            "eu.nephele.smo.api",
            CONTRACT,
            HTTP,
            OURS + "access.client",
            "eu.nephele.smo.core.descriptor",
            SOLVER,
            PROFILER,
            "eu.nephele.smo.lab.simulator",
            "eu.nephele.smo.lab.conformance");
    private static final Set<String> CONTRACT_GROUPS = Set.of("core", "access", "ops");
    /** Asks the decider itself, as the engine does, because that is what it measures. */
    private static final Set<String> CONTRACT_ROOMS = Set.of("lab/harness/load");
    /** What is examined before it may decide is examined with the kit that partners have: the one arrow from the core to the lab. */
    private static final Map<String, String> EXAMINERS = Map.of("core/plugins", "eu.nephele.smo.lab.conformance");

    private final Map<String, List<String>> thirdParty;
    private final Set<String> jdk = ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** @param thirdParty package prefixes that a room may import, by folder; "*" holds for every room but the api */
    DependencyRules(Map<String, List<String>> thirdParty) {
        this.thirdParty = Map.copyOf(thirdParty);
    }

    List<String> violationsOf(BundleFolder bundleFolder) {
        List<String> violations = new ArrayList<>();
        String expected = OURS + bundleFolder.folder().replace('/', '.');
        if (!bundleFolder.symbolicName().equals(expected)) {
            violations.add("%s: its symbolic name is %s, the folder asks for %s"
                    .formatted(bundleFolder.folder(), bundleFolder.symbolicName(), expected));
        }
        if (!EXPORTING.contains(bundleFolder.symbolicName())) {
            bundleFolder
                    .exports()
                    .forEach(name -> violations.add("%s exports %s; only %s export packages"
                            .formatted(bundleFolder.folder(), name, EXPORTING)));
        }
        bundleFolder.exports().stream()
                .filter(name -> !name.equals(bundleFolder.symbolicName())
                        && !name.startsWith(bundleFolder.symbolicName() + "."))
                .forEach(name ->
                        violations.add("%s exports the foreign package %s".formatted(bundleFolder.folder(), name)));
        bundleFolder.imports().stream()
                .filter(allowed(bundleFolder).negate())
                .forEach(name -> violations.add("%s must not import %s".formatted(bundleFolder.folder(), name)));
        return violations;
    }

    private Predicate<String> allowed(BundleFolder bundleFolder) {
        Predicate<String> own = bundleFolder.exports()::contains;
        if (bundleFolder.folder().equals("api")) {
            return own.or(jdk::contains).or(name -> name.startsWith("org.osgi.annotation."));
        }
        return own.or(jdk::contains)
                .or(name -> name.startsWith(API))
                .or(name -> (CONTRACT_GROUPS.contains(bundleFolder.group())
                                || CONTRACT_ROOMS.contains(bundleFolder.folder()))
                        && (name.equals(CONTRACT) || name.startsWith(CONTRACT + ".")))
                .or(name -> bundleFolder.group().equals("access") && (name.equals(HTTP) || name.startsWith(HTTP + ".")))
                .or(name -> bundleFolder.group().equals("placement") && name.equals(SOLVER))
                .or(name -> bundleFolder.folder().equals("core/profiles") && name.equals(PROFILER))
                .or(name -> Optional.ofNullable(EXAMINERS.get(bundleFolder.folder()))
                        .filter(kit -> name.equals(kit) || name.startsWith(kit + "."))
                        .isPresent())
                .or(name -> !name.startsWith(OURS) && listed(bundleFolder, name));
    }

    private boolean listed(BundleFolder bundleFolder, String name) {
        return Stream.of("*", bundleFolder.folder())
                .flatMap(key -> thirdParty.getOrDefault(key, List.of()).stream())
                .anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "."));
    }
}
