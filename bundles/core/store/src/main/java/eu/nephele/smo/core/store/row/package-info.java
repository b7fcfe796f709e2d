/** Rows of the tables as JPA entities, and the form of their JSON columns. */
package eu.nephele.smo.core.store.row;
