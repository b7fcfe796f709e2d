/** The language of the world process: JSON of the values of the api. */
package eu.nephele.smo.lab.remote.wire;
