/** Graphs, capacity and decisions in a database: embedded H2 or PostgreSQL. Nothing of JPA leaves this bundle. */
package eu.nephele.smo.core.store;
