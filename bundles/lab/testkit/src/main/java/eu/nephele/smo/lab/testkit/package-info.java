/** Contract tests that every plug-in of the SMO must pass: extend one, supply the object, run. */
package eu.nephele.smo.lab.testkit;
