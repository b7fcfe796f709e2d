// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of PID {@code eu.nephele.smo.core.runtime}. */
@ObjectClassDefinition(name = "SMO runtime of resources", description = "Resources of the kinds that bundles provide")
public @interface RuntimeConfig {

    @AttributeDefinition(
            description = "Resources of a kind that are reconciled at the same time",
            min = "1",
            max = "256")
    int workers() default 4;

    @AttributeDefinition(description = "A call of a controller is given up after that time", min = "1", max = "3600")
    int callSeconds() default 30;

    @AttributeDefinition(
            description =
                    "Calls of a controller that do not end although given up; with so many it is not called any more",
            min = "1",
            max = "100")
    int lostCalls() default 4;

    @AttributeDefinition(
            description = "Interval of passes over a resource in its desired state, unless its controller sets one",
            min = "1",
            max = "86400")
    int lookSeconds() default 60;

    @AttributeDefinition(
            description = "Interval of passes over a resource with work in progress, unless its controller sets one",
            min = "10",
            max = "3600000")
    int pollMillis() default 1000;

    @AttributeDefinition(description = "Wait after a first failure; doubles", min = "1", max = "60000")
    int firstBackOffMillis() default 200;

    @AttributeDefinition(description = "Longest wait after failures", min = "1", max = "3600")
    int longestBackOffSeconds() default 60;

    @AttributeDefinition(description = "Largest document, desired or observed", min = "1024", max = "5000000")
    int maxDocumentBytes() default 262_144;
}
