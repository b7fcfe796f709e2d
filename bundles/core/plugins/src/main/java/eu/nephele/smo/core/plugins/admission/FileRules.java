// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.plugins.admission.PluginFile.BundleEntry;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** Rules for a file before it enters the framework. */
public final class FileRules {

    private static final String OURS = "eu.nephele.smo";

    private FileRules() {}

    /** @throws AdmissionException with all findings when one of them is against it */
    public static List<AdmissionFinding> check(PluginFile file, Policy signature) throws AdmissionException {
        return decided(List.of(
                        FileRule.perBundle("bundle", file.who(), bundleEntry -> Optional.empty()),
                        signatureRule(signature),
                        read -> ScopeRule.check(read, signature, false),
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
     * @throws AdmissionException with all findings when one of them is against it
     */
    public static List<AdmissionFinding> checkOverride(PluginFile file, Policy signature) throws AdmissionException {
        return decided(List.of(
                new AdmissionFinding("bundle", FindingVerdict.PASSED, file.who()),
                signatureRule(signature).check(file),
                ScopeRule.check(file, signature, true)));
    }

    static List<AdmissionFinding> decided(List<AdmissionFinding> findings) throws AdmissionException {
        if (findings.stream().anyMatch(finding -> finding.verdict() == FindingVerdict.REFUSED)) {
            throw new AdmissionException(findings);
        }
        return findings;
    }

    private static FileRule signatureRule(Policy policy) {
        return file -> {
            PluginSignature signature = file.signature();
            FindingVerdict verdict = policy == Policy.OFF
                    ? FindingVerdict.PASSED
                    : switch (signature.state()) {
                        case TRUSTED -> FindingVerdict.PASSED;
                        case MODIFIED, REVOKED -> FindingVerdict.REFUSED;
                        case UNKNOWN, UNSIGNED, FOREIGN, EXPIRED ->
                            policy == Policy.REQUIRE ? FindingVerdict.REFUSED : FindingVerdict.WARNED;
                    };
            return new AdmissionFinding("signature", verdict, signature.detail());
        };
    }

    private static Optional<String> exports(BundleEntry bundleEntry) {
        String exports = bundleEntry.header(Constants.EXPORT_PACKAGE);
        if (exports.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                exports.contains(OURS)
                        ? "exports into the packages of this server (%s); remove Export-Package".formatted(exports)
                        : "exports %s; a plugin offers services, no packages: remove Export-Package"
                                .formatted(exports));
    }

    private static Optional<String> fragment(BundleEntry bundleEntry) {
        String host = bundleEntry.header(Constants.FRAGMENT_HOST);
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of("is a fragment of %s; a plugin is a bundle of its own".formatted(host));
    }

    private static Optional<String> wiring(BundleEntry bundleEntry) {
        String required = bundleEntry.header(Constants.REQUIRE_BUNDLE);
        if (required.contains(OURS)) {
            return Optional.of(
                    "requires the bundle %s; import packages of eu.nephele.smo.api with a version range instead"
                            .formatted(required));
        }
        String dynamic = bundleEntry.header(Constants.DYNAMICIMPORT_PACKAGE);
        boolean reaches = Arrays.stream(dynamic.split(",", -1))
                .map(clause -> clause.split(";", 2)[0].strip())
                .anyMatch(FileRules::reachesOurs);
        return reaches
                ? Optional.of("imports dynamically packages that may be ours (%s); name the packages in Import-Package"
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

    private static Optional<String> nativeCode(BundleEntry bundleEntry) {
        if (!bundleEntry.header(Constants.BUNDLE_NATIVECODE).isEmpty()) {
            return Optional.of(
                    "has Bundle-NativeCode; native code cannot be stopped nor taken out of a running server");
        }
        String libraries = bundleEntry.entries().stream()
                .filter(entry -> entry.matches("(?i).*\\.(so|dll|dylib|jnilib)(\\.\\d+)*"))
                .collect(Collectors.joining(", "));
        return libraries.isEmpty() ? Optional.empty() : Optional.of("has native libraries in it: " + libraries);
    }
}
