// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.FixedSeedMode;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * A property of an entry that whatever input keeps. In a build it runs with the same 100 inputs each time; {@code ./smo fuzz}
 * runs more of them with another seed. Each input has a limit of time and memory, see {@link FuzzRun}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Property(
        tries = FuzzTarget.CASES,
        seed = FuzzTarget.SEED,
        whenFixedSeed = FixedSeedMode.ALLOW,
        edgeCases = EdgeCasesMode.NONE)
@AddLifecycleHook(FuzzRun.class)
public @interface FuzzTarget {

    /** Inputs of a target in a build. */
    int CASES = 100;

    /** The seed of a build. */
    String SEED = "103";
}
