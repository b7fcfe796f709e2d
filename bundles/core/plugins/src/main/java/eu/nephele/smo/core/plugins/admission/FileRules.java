// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.Verdict;
import eu.nephele.smo.core.plugins.admission.PluginFile.Part;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** What is asked of a file before it gets into the framework. */
public final class FileRules {

    private static final String OURS = "eu.nephele.smo";

    private FileRules() {}

    /**
     * Looks at a plugin.
     *
     * @throws Refusal with all findings when one of them is against it
     */
    public static List<Finding> check(PluginFile file, Policy signature) throws Refusal {
        return decided(List.of(
                        FileRule.perBundle("bundle", file.who(), part -> Optional.empty()),
                        signatureRule(signature),
                        FileRule.perBundle("exports", "exports nothing", FileRules::exports),
                        FileRule.perBundle("fragment", "is no fragment", FileRules::fragment),
                        FileRule.perBundle("wiring", "asks for packages only", FileRules::wiring),
                        FileRule.perBundle("native", "brings no native code", FileRules::nativeCode))
                .stream()
                .map(rule -> rule.check(file))
                .toList());
    }

    /**
     * Looks at a file that takes the place of a bundle of the product: that bundle may export and import what ours do.
     *
     * @throws Refusal with all findings when one of them is against it
     */
    public static List<Finding> checkOverride(PluginFile file, Policy signature) throws Refusal {
        return decided(List.of(
                new Finding("bundle", Verdict.PASSED, file.who()),
                signatureRule(signature).check(file)));
    }

    /** @throws Refusal when one of the findings is against it */
    static List<Finding> decided(List<Finding> findings) throws Refusal {
        if (findings.stream().anyMatch(finding -> finding.verdict() == Verdict.REFUSED)) {
            throw new Refusal(findings);
        }
        return findings;
    }

    private static FileRule signatureRule(Policy policy) {
        return file -> {
            Signature signature = file.signature();
            Verdict verdict = policy == Policy.OFF
                    ? Verdict.PASSED
                    : switch (signature.state()) {
                        case TRUSTED -> Verdict.PASSED;
                        case MODIFIED -> Verdict.REFUSED;
                        case UNKNOWN, UNSIGNED, FOREIGN, EXPIRED ->
                            policy == Policy.REQUIRE ? Verdict.REFUSED : Verdict.WARNED;
                    };
            return new Finding("signature", verdict, signature.detail());
        };
    }

    private static Optional<String> exports(Part part) {
        String exports = part.header(Constants.EXPORT_PACKAGE);
        if (exports.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                exports.contains(OURS)
                        ? "exports into the packages of this server (%s); remove Export-Package".formatted(exports)
                        : "exports %s; a plugin offers services, no packages: remove Export-Package"
                                .formatted(exports));
    }

    private static Optional<String> fragment(Part part) {
        String host = part.header(Constants.FRAGMENT_HOST);
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of("is a fragment of %s; a plugin is a bundle of its own".formatted(host));
    }

    private static Optional<String> wiring(Part part) {
        String required = part.header(Constants.REQUIRE_BUNDLE);
        if (required.contains(OURS)) {
            return Optional.of(
                    "requires the bundle %s; import packages of eu.nephele.smo.api with a version range instead"
                            .formatted(required));
        }
        String dynamic = part.header(Constants.DYNAMICIMPORT_PACKAGE);
        boolean reaches = Arrays.stream(dynamic.split(",", -1))
                .map(clause -> clause.split(";", 2)[0].strip())
                .anyMatch(FileRules::reachesOurs);
        return reaches
                ? Optional.of("imports dynamically what may be ours (%s); name the packages in Import-Package"
                        .formatted(dynamic))
                : Optional.empty();
    }

    private static boolean reachesOurs(String pattern) {
        if (pattern.isEmpty()) {
            return false;
        }
        String stem = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return stem.startsWith(OURS) || (pattern.endsWith("*") && OURS.startsWith(stem));
    }

    private static Optional<String> nativeCode(Part part) {
        if (!part.header(Constants.BUNDLE_NATIVECODE).isEmpty()) {
            return Optional.of(
                    "has Bundle-NativeCode; native code cannot be stopped nor taken out of a running server");
        }
        String libraries = part.entries().stream()
                .filter(entry -> entry.matches("(?i).*\\.(so|dll|dylib|jnilib)(\\.\\d+)*"))
                .collect(Collectors.joining(", "));
        return libraries.isEmpty() ? Optional.empty() : Optional.of("has native libraries in it: " + libraries);
    }
}
