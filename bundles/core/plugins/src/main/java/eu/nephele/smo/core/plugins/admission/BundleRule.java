// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.plugins.admission.PluginFile.BundleEntry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Repeats the checks of {@link FileRules} on what the framework has read of an installed, not yet resolved bundle: that
 * is decisive.
 */
public final class BundleRule {

    private static final String RULE = "bundle";

    private BundleRule() {}

    /**
     * @throws AdmissionException when the framework has read something else than admission, or something that no plugin may have
     */
    public static void check(BundleEntry bundleEntry, Bundle bundle) throws AdmissionException {
        if (!bundleEntry.symbolicName().equals(bundle.getSymbolicName())
                || !bundleEntry.version().equals(bundle.getVersion())) {
            throw new AdmissionException(
                    RULE,
                    "is %s %s for the framework and %s %s for admission: its manifest can be read in two ways"
                            .formatted(
                                    bundle.getSymbolicName(),
                                    bundle.getVersion(),
                                    bundleEntry.symbolicName(),
                                    bundleEntry.version()));
        }
        check(List.of(bundle));
    }

    /** @throws AdmissionException naming what no plugin may have */
    public static void check(Collection<Bundle> bundles) throws AdmissionException {
        for (Bundle bundle : bundles) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            Optional<AdmissionFinding> wrong = revision == null ? Optional.empty() : wrong(revision);
            if (wrong.isPresent()) {
                throw new AdmissionException(List.of(wrong.get()));
            }
        }
    }

    private static Optional<AdmissionFinding> wrong(BundleRevision revision) {
        if ((revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return refused("fragment", "is a fragment; a plugin is a bundle of its own");
        }
        if (!revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                .isEmpty()) {
            return refused("exports", "exports packages; a plugin offers services, no packages");
        }
        if (!revision.getDeclaredRequirements(NativeNamespace.NATIVE_NAMESPACE).isEmpty()) {
            return refused("native", "brings native code; it cannot be stopped nor taken out of a running server");
        }
        return Optional.empty();
    }

    private static Optional<AdmissionFinding> refused(String rule, String detail) {
        return Optional.of(new AdmissionFinding(rule, FindingVerdict.REFUSED, detail));
    }
}
