// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO shadows",
        description = "Strategies that decide beside the live ones, without effect.")
@interface ShadowConfig {

    @AttributeDefinition(description = "Decisions that may wait for the shadows; further ones are dropped.", min = "1")
    int queueCapacity() default 200;

    @AttributeDefinition(description = "Shadows at the same time.", min = "1", max = "100")
    int shadows() default 10;

    @AttributeDefinition(description = "Milliseconds that a placement strategy may use in the shadow.", min = "1")
    long placementBudgetMillis() default 1_000;

    @AttributeDefinition(description = "Milliseconds that a scaling strategy may use in the shadow.", min = "1")
    long scalingBudgetMillis() default 100;

    @AttributeDefinition(description = "Milliseconds between two writes of comparisons.", min = "10")
    long flushMillis() default 2_000;
}
