// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

/** Types of columns, the same for all databases. A value of a row is of the class named here, or null. */
public enum ColumnType {
    /** {@link String} */
    TEXT,
    /** {@link String} with JSON; a database may give it back with other white space and another order of members */
    JSON,
    /** {@link Long} */
    INTEGER,
    /** {@link Boolean} */
    BOOLEAN,
    /** {@link String} with an instant in UTC to the microsecond, as {@link java.time.Instant#toString} writes it */
    TIME,
    /** {@code byte[]} */
    BYTES
}
