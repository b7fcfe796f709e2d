// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.players.NodeSpec;
import java.util.List;

/** Specification of a cluster that runs pods. */
public record MemberSpec(String name, String region, String zone, List<NodeSpec> nodes) {

    /** As in the world of the demo: a city cluster with a GPU, a large data centre, a small edge site. */
    public static final List<MemberSpec> BRUSSELS = List.of(
            new MemberSpec(
                    "c1", "be", "be-bru", List.of(new NodeSpec("c1-n1", 6, 32, 1), new NodeSpec("c1-n2", 6, 32, 0))),
            new MemberSpec(
                    "c2", "de", "de-fra", List.of(new NodeSpec("c2-n1", 12, 64, 0), new NodeSpec("c2-n2", 10, 64, 0))),
            new MemberSpec("c3", "be", "be-bru-edge", List.of(new NodeSpec("c3-n1", 4, 16, 0))));

    public MemberSpec {
        nodes = List.copyOf(nodes);
    }
}
