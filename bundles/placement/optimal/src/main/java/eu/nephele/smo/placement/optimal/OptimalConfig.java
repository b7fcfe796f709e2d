// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO placement: optimal", description = "Exact placement of small problems.")
@interface OptimalConfig {

    @AttributeDefinition(
            name = "Largest exact problem",
            description = "Pairs of service and allowed cluster up to which a proof is tried.",
            min = "0")
    int maxBinaries() default 500;

    @AttributeDefinition(
            name = "Search nodes",
            description = "Nodes of its own exact search before the 0/1 program takes over.",
            min = "0")
    int maxNodes() default 100_000;

    @AttributeDefinition(
            name = "Solver threads",
            description = "Threads for the 0/1 program, including those abandoned at their deadline.",
            min = "1")
    int solverThreads() default 1;
}
