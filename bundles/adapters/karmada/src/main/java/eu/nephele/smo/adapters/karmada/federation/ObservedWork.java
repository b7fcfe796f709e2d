// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.read.OwnershipLabels;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.adapters.karmada.read.WorkloadId;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/**
 * Reduced Work: Karmada's copy of a workload on one cluster, present until all of it has been removed.
 *
 * @param name {@code namespace/name} of the Work itself
 * @param cluster of the copy
 * @param workload {@code namespace/name} of the workload
 * @param release {@code namespace/name} of the Helm release that made it, "" for none
 * @param revision our mark of the specification that it was made of, "" for none
 * @param replicas desired replicas; one where its controller determines them
 */
record ObservedWork(
        String name,
        String cluster,
        String workload,
        String kind,
        String release,
        String revision,
        int replicas,
        boolean ending) {

    private static final String SPACE = "karmada-es-";

    WorkloadId id() {
        return new WorkloadId(WorkloadKind.find(kind).orElseThrow(), workload);
    }

    /** Empty for Works of kinds that run no pods. */
    static Optional<ObservedWork> read(GenericKubernetesResource work) {
        String space = work.getMetadata().getNamespace();
        if (!space.startsWith(SPACE)) {
            return Optional.empty();
        }
        return UntypedObject.from(work).at("spec", "workload", "manifests").list().stream()
                .filter(ObservedWork::isWorkload)
                .findFirst()
                .map(manifest -> new ObservedWork(
                        space + "/" + work.getMetadata().getName(),
                        space.substring(SPACE.length()),
                        "%s/%s"
                                .formatted(
                                        text(manifest.at("metadata", "namespace")),
                                        text(manifest.at("metadata", "name"))),
                        text(manifest.at("kind")),
                        release(manifest.at("metadata")),
                        text(manifest.at("metadata", "annotations", OwnershipLabels.REVISION)),
                        manifest.at("spec", "replicas").number().orElse(1),
                        work.getMetadata().getDeletionTimestamp() != null));
    }

    private static boolean isWorkload(UntypedObject manifest) {
        return WorkloadKind.find(text(manifest.at("kind")))
                .filter(kind -> kind.apiVersion().equals(text(manifest.at("apiVersion"))))
                .isPresent();
    }

    private static String release(UntypedObject metadata) {
        String release = text(metadata.at("annotations", OwnershipLabels.RELEASE));
        boolean ofHelm = text(metadata.at("labels", OwnershipLabels.MANAGED_BY)).equals(OwnershipLabels.HELM);
        return ofHelm && !release.isEmpty() ? text(metadata.at("namespace")) + "/" + release : "";
    }

    private static String text(UntypedObject untypedObject) {
        return untypedObject.text().orElse("");
    }
}
