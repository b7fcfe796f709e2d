// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.read.Marks;
import eu.nephele.smo.adapters.karmada.read.Tree;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/**
 * What is kept of a Work: the copy of a workload that Karmada keeps on one cluster, there until the last of it was taken away.
 *
 * @param name {@code namespace/name} of the Work itself
 * @param cluster whose it is
 * @param workload {@code namespace/name} of the Deployment or StatefulSet
 * @param revision our mark of the specification that it was made of, "" for none
 * @param replicas replicas that it asks for
 * @param ending whether it is being deleted
 */
record WorkSeen(String name, String cluster, String workload, String revision, int replicas, boolean ending) {

    private static final String SPACE = "karmada-es-";

    /** Empty for Works of other kinds than Deployment and StatefulSet. */
    static Optional<WorkSeen> read(GenericKubernetesResource work) {
        String space = work.getMetadata().getNamespace();
        if (!space.startsWith(SPACE)) {
            return Optional.empty();
        }
        return Tree.of(work).at("spec", "workload", "manifests").list().stream()
                .filter(WorkSeen::isWorkload)
                .findFirst()
                .map(manifest -> new WorkSeen(
                        space + "/" + work.getMetadata().getName(),
                        space.substring(SPACE.length()),
                        "%s/%s"
                                .formatted(
                                        text(manifest.at("metadata", "namespace")),
                                        text(manifest.at("metadata", "name"))),
                        text(manifest.at("metadata", "annotations", Marks.REVISION)),
                        manifest.at("spec", "replicas").number().orElse(1),
                        work.getMetadata().getDeletionTimestamp() != null));
    }

    private static boolean isWorkload(Tree manifest) {
        String kind = text(manifest.at("kind"));
        return text(manifest.at("apiVersion")).startsWith("apps/")
                && (kind.equals("Deployment") || kind.equals("StatefulSet"));
    }

    private static String text(Tree tree) {
        return tree.text().orElse("");
    }
}
