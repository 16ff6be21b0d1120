// Issues of "wirepact-chat 1.2.0". Emitted from the contract: do not edit.
import { isObject, hasAtMost, isTime, constant0, constant1, constant2, check0, check1, check2, check3, check4, check5, check6, check7, check8, check9, check10, check11, check12, check13, check14, check15, check16, check17, check18, check19, check20, check21, check22, check23, check24, check25, check26, check27, check28, check29, check30, check31, check32, check33, check34, check35, check36, check37, check38, check39, check40, check41, check42, check43, check44, check45, check46, check47, check48, check49, check50, check51, check52, check53, check54, check55, check56, check57, check58, check59, check60 } from './checks.js';
const explain = (shape, value, path, report) => {
  if (!shape(value, path, report)) listers.get(shape)?.(value, path, report);
};
const listOf = (shape, value, path) => {
  const issues = [];
  try {
    explain(shape, value, path, (path, message, keyword) => {
      if (issues.every((issue) => issue.path !== path || issue.message !== message)) issues.push({ path, message, keyword });
      if (issues.length > 7) throw issues;
    });
  } catch (thrown) {
    if (thrown !== issues) throw thrown;
  }
  return issues;
};
const fault = (message, keyword) => (value, path, report) => report(path, message, keyword);
const holds = (test, message, keyword, at = '') => (value, path, report) => {
  if (!test(value)) report(path + at, message, keyword);
};
const all = (...shapes) => (value, path, report) => {
  for (const shape of shapes) explain(shape, value, path, report);
};
const typed = (types, test, ...rules) => (value, path, report) => {
  if (!test(value)) report(path, 'must be ' + types, 'type');
  else for (const rule of rules) rule(value, path, report);
};
const array = (...rules) => typed('array', Array.isArray, ...rules);
const boolean = (...rules) => typed('boolean', (value) => typeof value === 'boolean', ...rules);
const integer = (...rules) => typed('integer', Number.isInteger, ...rules);
const object = (...rules) => typed('object', isObject, ...rules);
const string = (...rules) => typed('string', (value) => typeof value === 'string', ...rules);
const properties = (...groups) => {
  const list = groups.flatMap((group, index) =>
    Object.entries(group).map(([name, shape]) => ({ name, token: '/' + name, shape, isOptional: index % 2 })));
  return (value, path, report) => {
    for (const { name, token, shape, isOptional } of list) {
      const inner = value[name];
      if (inner !== undefined) explain(shape, inner, path + token, report);
      else if (!isOptional) report(path + token, 'is required', 'required');
    }
  };
};
const items = (from, shape) => (value, path, report) => {
  for (let index = from; index < value.length; index++) explain(shape, value[index], path + '/' + index, report);
};
const any = (shapes) => (value, path, report) => {
  const lists = shapes.map((shape) => listOf(shape, value, path));
  if (lists.some((list) => list.length === 0)) return;
  for (const issue of lists.flat()) report(issue.path, issue.message, issue.keyword);
};
const listers=new Map([
[check0,string(holds(value=>value!=="","must not have fewer than 1 character","minLength"),holds(value=>hasAtMost(value,64),"must not have more than 64 characters","maxLength"))],
[check1,integer(holds(value=>value>=0,"must be >= 0","minimum"),holds(value=>value<=9007199254740991,"must be <= 9007199254740991","maximum"))],
[check2,object(properties({epoch:check0,seq:check1}))],
[check3,string(holds(value=>constant0.test(value),"must be a valid uuid","format:uuid"))],
[check4,string(holds(value=>value!=="","must not have fewer than 1 character","minLength"),holds(value=>hasAtMost(value,256),"must not have more than 256 characters","maxLength"))],
[check5,string(holds(value=>hasAtMost(value,64),"must not have more than 64 characters","maxLength"))],
[check6,all(object(properties({},{channelId:check3,roomId:check3,agentId:check3,entityId:check4,serverId:check3,resume:check2,metadata:object(properties({},{isDm:boolean(),channelType:check5}))})),any([object(properties({channelId:all()})),object(properties({},{channelId:fault("is not allowed","not")},{roomId:all()}))]))],
[check7,string(holds(value=>hasAtMost(value,256),"must not have more than 256 characters","maxLength"))],
[check8,string(holds(value=>hasAtMost(value,4096),"must not have more than 4096 characters","maxLength"))],
[check9,object(properties({},{name:check7,topic:check8}))],
[check10,object(properties({id:check4,name:check4},{error:string(holds(value=>hasAtMost(value,8192),"must not have more than 8192 characters","maxLength"))}))],
[check11,integer(holds(value=>value>=0,"must be >= 0","minimum"))],
[check12,object(properties({messageId:check3,agentId:check4,senderName:string(),inReplyToMessageId:check3,text:string()},{thought:string()},{tools:array(items(0,check10)),nextIndex:check11}))],
[check13,object(properties({channelId:check3},{agentId:check3,epoch:check0,seq:check1,properties:check9,streams:array(items(0,check12)),recovered:boolean()}))],
[check14,object(properties({url:string(holds(value=>value!=="","must not have fewer than 1 character","minLength"),holds(value=>hasAtMost(value,8192),"must not have more than 8192 characters","maxLength"),holds(value=>constant1.test(value),"must match the pattern ^(?! )(?:[hH][tT][tT][pP][sS]?:|[dD][aA][tT][aA]:(?:image/(?![sS][vV][gG])|audio/|video/)|(?![a-zA-Z][a-zA-Z0-9+.-]*:))[^\\u0000-\\u001f\\u007f]*$","pattern")),type:check4}))],
[check15,object()],
[check16,object(properties({channelId:check3,serverId:check3,text:string(holds(value=>value!=="","must not have fewer than 1 character","minLength"),holds(value=>hasAtMost(value,65536),"must not have more than 65536 characters","maxLength")),entityId:check4},{entityName:check4,messageId:check4,inReplyToMessageId:check4,attachments:array(holds(value=>value.length<=32,"must not have more than 32 items","maxItems"),items(0,check14)),metadata:check15}))],
[check17,object(properties({messageId:check3,createdAt:check11},{seq:check1,epoch:check0}))],
[check18,object(properties({subscribed:boolean()}))],
[check19,holds(value=>(value==="debug"||value==="info"||value==="warn"||value==="error"),"must be one of [\"debug\",\"info\",\"warn\",\"error\"]","enum")],
[check20,object(properties({},{level:check19,agentId:check3,category:check4}))],
[check21,object(properties({time:check11}))],
[check22,object(properties({channelId:check3}))],
[check23,object(properties({channelId:check3},{entityId:check4,limit:integer(holds(value=>value>=1,"must be >= 1","minimum"),holds(value=>value<=200,"must be <= 200","maximum")),before:check1,after:check1}))],
[check24,object(properties({id:check3,senderId:check4,senderName:string(),text:string(),roomId:check3,serverId:check3,createdAt:check11,source:string()},{clientMessageId:check4,thought:string(),actions:array(),attachments:array(),inReplyToMessageId:string(),metadata:check15,incomplete:any([holds(value=>value==="failed","must be \"failed\"","const"),holds(value=>value==="timeout","must be \"timeout\"","const"),holds(value=>value==="cancelled","must be \"cancelled\"","const")]),seq:check1,epoch:check0}))],
[check25,object(properties({messages:array(items(0,check24)),hasMore:boolean(),epoch:check0,seq:check1}))],
[check26,object(properties({channelId:check3,messageId:check3}))],
[check27,object(properties({messageId:check3},{seq:check1,epoch:check0}))],
[check28,object(properties({channelId:check3},{seq:check1,epoch:check0}))],
[check29,object(properties({channelId:check3,updates:check9}))],
[check30,object(properties({auth:check15}))],
[check31,object(properties({},{expiresAt:check11}))],
[check32,object(properties({cancelled:boolean()}))],
[check33,object(properties({channelId:check3,watching:boolean()}))],
[check34,object(properties({},{typing:boolean()}))],
[check35,object(properties({channelId:check3},{state:check34,ttlMs:check1}))],
[check36,object(properties({ttlMs:check11}))],
[check37,object(properties({channelId:check3,inReplyToMessageId:check3,seq:check1,entityId:check4,entityName:check4}))],
[check38,object(properties({messageId:check3}))],
[check39,object(properties({},{text:check8,thought:check8,attachment:check14,tool:check10}))],
[check40,object(properties({channelId:check3,messageId:check3,entityId:check4,index:check1,parts:array(holds(value=>value.length<=64,"must not have more than 64 items","maxItems"),items(0,check39))},{end:holds(value=>(value==="done"||value==="failed"),"must be one of [\"done\",\"failed\"]","enum")}))],
[check41,object(properties({message:string(),socketId:string()},{agentId:string(),protocolVersion:check7,capabilities:array(items(0,string())),entityId:check4,expiresAt:check11}))],
[check42,object(properties({message:string(),channelId:check3,roomId:check3},{agentId:check3}))],
[check43,object(properties({},{clientMessageId:check4},{messageId:check3,status:holds(value=>value==="success","must be \"success\"","const")}))],
[check44,object(properties({path:string(),message:string(),keyword:string()}))],
[check45,object(properties({error:string()},{clientMessageId:string(),event:string(),code:string(),retryable:boolean(),issues:array(items(0,check44)),retryAfterMs:integer()}))],
[check46,object(properties({channelId:check3,serverId:check3},{messageId:check3,inReplyToMessageId:check3}))],
[check47,object(properties({messageId:check3,channelId:check3},{seq:check1,epoch:check0}))],
[check48,object(properties({channelId:check3,updates:check9},{seq:check1,epoch:check0}))],
[check49,object(properties({subscribed:boolean(),message:string()}))],
[check50,object(properties({id:string(),timestamp:string(holds(value=>isTime(constant2,value),"must be a valid date-time","format:date-time")),level:string(),category:string(),message:string()},{agentId:string()}))],
[check51,string(holds(value=>hasAtMost(value,1024),"must not have more than 1024 characters","maxLength"))],
[check52,object(properties({reason:check5,message:check51,reconnect:boolean()}))],
[check53,object(properties({channelId:check3,reason:check5,message:check51}))],
[check54,object(properties({messageId:check3,channelId:check3,agentId:check4,senderName:string(),inReplyToMessageId:check3,index:check11,offset:check11,chunk:string()},{tool:check10,thought:string()}))],
[check55,object(properties({messageId:check3,channelId:check3,agentId:check4,inReplyToMessageId:check3,code:check5,error:check51},{partialText:string()}))],
[check56,object(properties({entityId:check4},{name:check4}))],
[check57,object(properties({identity:check56},{state:check34}))],
[check58,object(properties({entityId:check4},{state:check34}))],
[check59,array(items(0,check57))],
[check60,object(properties({channelId:check3,count:check11},{members:check59,joined:check59,left:array(items(0,check4)),updated:array(items(0,check58))}))]
]);
export const listIssues = (check, value) => listOf(listers.get(check), value, "");
