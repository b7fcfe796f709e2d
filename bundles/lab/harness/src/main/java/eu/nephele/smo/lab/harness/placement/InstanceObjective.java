// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

/** What is minimised under which constraints, as the format {@code federation/1} has it; the other formats have one objective each. */
public enum InstanceObjective {
    /** one unit per service and one per move */
    REF(false, false),
    /** linear costs */
    WIDE(false, false),
    /** linear costs and traffic */
    COMM(true, false),
    /** linear costs, services together and apart */
    FULL(false, true),
    /** linear costs and traffic, services together and apart */
    ALL(true, true),
    /** generalised assignment: the only one of {@code gap/1} */
    GAP(false, false);

    private final boolean traffic;
    private final boolean groups;

    InstanceObjective(boolean traffic, boolean groups) {
        this.traffic = traffic;
        this.groups = groups;
    }

    boolean hasTraffic() {
        return traffic;
    }

    boolean hasGroups() {
        return groups;
    }
}
