// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Limits and rules for descriptors. */
@ObjectClassDefinition(name = "SMO descriptors", description = "Limits and rules for the descriptors of graphs")
public @interface DescriptorConfig {

    @AttributeDefinition(name = "Body size", description = "Largest request body, in bytes")
    int maxBodyBytes() default 5_000_000;

    @AttributeDefinition(name = "Depth", description = "Deepest nesting of objects and arrays, 1 to 100")
    int maxDepth() default 100;

    @AttributeDefinition(name = "Nodes", description = "Most objects, arrays and values in one body")
    int maxNodes() default 250_000;

    @AttributeDefinition(name = "Services", description = "Most services in one graph")
    int maxServices() default 1_000;

    @AttributeDefinition(
            name = "Values",
            description = "Largest sum of all valuesOverwrite of one graph, in bytes of JSON")
    int maxValuesBytes() default 1_048_576;

    @AttributeDefinition(
            name = "Unknown intents",
            description = "What happens to an intent for which no handler is installed",
            options = {
                @Option(label = "Reject", value = "reject"),
                @Option(label = "Accept with a warning", value = "warn")
            })
    String unknownIntents() default "reject";

    @AttributeDefinition(
            name = "Reserved projects",
            description = "Names of projects that nobody may use; * stands for any text")
    String[] reservedProjects() default {"default", "kube-*", "karmada-*"};
}
