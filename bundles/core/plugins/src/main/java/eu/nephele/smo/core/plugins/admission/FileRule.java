// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.plugins.admission.PluginFile.BundleEntry;
import java.util.Optional;
import java.util.function.Function;

interface FileRule {

    AdmissionFinding check(PluginFile file);

    static FileRule perBundle(String rule, String kept, Function<BundleEntry, Optional<String>> violation) {
        return file -> file.parts().stream()
                .flatMap(bundleEntry -> violation
                        .apply(bundleEntry)
                        .map(wrong -> file.parts().size() == 1 ? wrong : bundleEntry.symbolicName() + " " + wrong)
                        .stream())
                .findFirst()
                .map(wrong -> new AdmissionFinding(rule, FindingVerdict.REFUSED, wrong))
                .orElseGet(() -> new AdmissionFinding(rule, FindingVerdict.PASSED, kept));
    }
}
