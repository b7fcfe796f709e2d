// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of an interface that it is a port: adapters implement it for one outside system each, and calls go through the guard of that
 * system. Its methods say what the guard may do with them: {@link Idempotent}, {@link StaleIfError}, {@link NonBlocking},
 * {@link Asynchronous}, {@link AtMostOnce}; with none of these a method is called at most once.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Port {

    /**
     * A word for the port, lower case with hyphens, for example {@code alert-rules}. Stands for the outside system where no service
     * property names it.
     */
    String name();

    /** Service property that every adapter needs: which of several one wants, for example a source of clusters. "" for none. */
    String chosenBy() default "";

    /**
     * Service property (String) that names the outside system where {@link AdapterException#SYSTEM} does not. "" for none: then it
     * is the {@link #name}.
     */
    String system() default "";
}
