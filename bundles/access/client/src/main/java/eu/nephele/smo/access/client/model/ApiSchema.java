// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The schema of the contract that a record reads. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ApiSchema {

    /** Name of the schema, and behind a slash a member with a schema of its own. */
    String value();
}
