// Style sheets are put in as text when the modules are joined (ScriptBundle.cs).
declare module "*.css" {
  const text: string;
  export default text;
}
