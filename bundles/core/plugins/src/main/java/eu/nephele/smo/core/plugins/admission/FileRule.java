// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.Verdict;
import eu.nephele.smo.core.plugins.admission.PluginFile.Part;
import java.util.Optional;
import java.util.function.Function;

/** One rule that a file has to keep before it gets into the framework. */
interface FileRule {

    Finding check(PluginFile file);

    /**
     * A rule that each bundle has to keep.
     *
     * @param kept what to say when all do
     * @param violation what is wrong with one; empty when nothing is
     */
    static FileRule perBundle(String rule, String kept, Function<Part, Optional<String>> violation) {
        return file -> file.parts().stream()
                .flatMap(part -> violation
                        .apply(part)
                        .map(wrong -> file.parts().size() == 1 ? wrong : part.symbolicName() + " " + wrong)
                        .stream())
                .findFirst()
                .map(wrong -> new Finding(rule, Verdict.REFUSED, wrong))
                .orElseGet(() -> new Finding(rule, Verdict.PASSED, kept));
    }
}
