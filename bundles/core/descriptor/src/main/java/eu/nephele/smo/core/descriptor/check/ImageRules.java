// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import java.util.Optional;

/** Services whose artifacts are images: one word says so, and no chart can place them. */
final class ImageRules {

    private final boolean staticPlacement;
    private final DescriptorServices services;
    private final ValidationFindings findings;

    ImageRules(LenientFields graph, DescriptorServices services, ValidationFindings findings) {
        this.staticPlacement = graph.child("hdaGraphIntent").flag("useStaticPlacement");
        this.services = services;
        this.findings = findings;
    }

    void check() {
        services.forEach(
                (index, service) -> check(service.child("artifact"), DescriptorPointers.service(index) + "/artifact"));
    }

    private void check(LenientFields artifact, String place) {
        boolean implemented = isImage(artifact.child("ociConfig").text("implementer"));
        Optional<String> type = artifact.child("ociRun").text("name");
        if (implemented && type.isPresent() && !isImage(type)) {
            findings.violation(
                    place + "/ociRun/name",
                    "%s does not run what is implemented as %s; leave it out"
                            .formatted(type.get(), Artifact.CONTAINER));
        }
        if (staticPlacement && (isImage(type) || (implemented && type.isEmpty()))) {
            findings.violation(
                    place, "an image has no chart that places it: `useStaticPlacement` is for graphs of charts");
        }
    }

    private static boolean isImage(Optional<String> word) {
        return word.filter(Artifact.CONTAINER::equalsIgnoreCase).isPresent();
    }
}
